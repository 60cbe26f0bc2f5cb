package dev.lockstep.cache.infinispan;

import dev.lockstep.SessionCache;
import dev.lockstep.cache.jvm.CacheNode;
import dev.lockstep.cache.jvm.RemoteCache;
import dev.lockstep.contract.ContractContext;
import dev.lockstep.contract.MapSettings;
import dev.lockstep.spi.NodeClock;
import dev.lockstep.spi.RevocationChannel;
import dev.lockstep.spi.SharedConnection;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * An Infinispan node in a JVM of its own, which also tells how many members it sees, and receives
 * revocations.
 */
final class ClusterNode {

    /**
     * Long enough for nodes to find each other on a busy machine, even if at first each thinks that
     * it is alone.
     */
    static final Duration FORMED = Duration.ofSeconds(120);

    private ClusterNode() {}

    static RemoteCache start(String application, Map<String, String> settings) {
        return RemoteCache.start(ClusterNode.class, "infinispan", application, settings);
    }

    /** How many members this node sees. */
    static int members(SessionCache cache) {
        return cache instanceof RemoteCache remote
                ? Integer.parseInt(remote.jvm().ask("members"))
                : ((InfinispanCache) cache).connection().manager().getMembers().size();
    }

    public static void main(String... arguments) throws IOException {
        Logger.getLogger("").setLevel(Level.OFF); // many a failure is meant
        CacheNode.run(arguments, ClusterNode::answer);
    }

    private static String answer(SessionCache cache, String[] words) {
        return switch (words[0]) {
            case "members" -> String.valueOf(members(cache));
            case "listen" -> listen(cache, words[1]);
            default -> "failed: unknown " + words[0];
        };
    }

    /** Acknowledges every push under a name. */
    private static String listen(SessionCache cache, String name) {
        RevocationChannel channel = new InfinispanChannelProvider()
                .configure(new MapSettings(Map.of()))
                .open(
                        ContractContext.of(
                                InfinispanJvmsTest.APPLICATION,
                                Executors.newSingleThreadScheduledExecutor(),
                                NodeClock.SYSTEM),
                        SharedConnection.of(cache));
        channel.start(message -> Optional.of(name));
        return "listens";
    }
}
