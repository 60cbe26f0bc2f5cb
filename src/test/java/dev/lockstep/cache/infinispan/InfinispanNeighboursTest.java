package dev.lockstep.cache.infinispan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lockstep.SessionCache;
import dev.lockstep.contract.OpenedCaches;
import dev.lockstep.process.Ports;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two applications on one machine, neither of which sets where to look for its nodes. */
class InfinispanNeighboursTest {

    @AutoClose
    private final OpenedCaches first = new OpenedCaches(new InfinispanCacheProvider(), "/first");

    @AutoClose
    private final OpenedCaches second = new OpenedCaches(new InfinispanCacheProvider(), "/second");

    private int port;

    @BeforeEach
    void choosePort() throws Exception {
        port = Ports.free();
    }

    @Test
    void theNodesOfEachFindEachOther() {
        List<SessionCache> ours = Stream.generate(() -> open(first)).limit(2).toList();
        List<SessionCache> theirs = Stream.generate(() -> open(second)).limit(2).toList();

        await().atMost(ClusterNode.FORMED)
                .untilAsserted(() -> assertThat(Stream.concat(ours.stream(), theirs.stream()))
                        .extracting(ClusterNode::members)
                        .containsOnly(2));
    }

    /**
     * The first port of each host is the likeliest; where a firewall is silent, each other port
     * costs a while.
     */
    @Test
    void theFirstPortsOfAllHostsAreAskedFirst() {
        List<InetSocketAddress> hosts =
                List.of(new InetSocketAddress("127.0.0.1", 7800), new InetSocketAddress("127.0.0.2", 65_534));

        assertThat(Stacks.candidates(hosts, 2))
                .containsExactly(
                        new InetSocketAddress("127.0.0.1", 7800),
                        new InetSocketAddress("127.0.0.2", 65_534),
                        new InetSocketAddress("127.0.0.1", 7801),
                        new InetSocketAddress("127.0.0.2", 65_535),
                        new InetSocketAddress("127.0.0.1", 7802));
    }

    private SessionCache open(OpenedCaches caches) {
        return caches.open(Map.of("bind-port", String.valueOf(port)));
    }
}
