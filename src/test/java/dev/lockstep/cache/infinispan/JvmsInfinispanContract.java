package dev.lockstep.cache.infinispan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lockstep.SessionCache;
import dev.lockstep.TokenDigest;
import dev.lockstep.cache.jvm.RemoteCache;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** The contracts in a cluster of several JVMs, of which this one is the first. */
abstract class JvmsInfinispanContract extends InfinispanContract {

    private final List<RemoteCache> others = new ArrayList<>();

    /** A busy machine may leave a node without processor time for longer than the default. */
    @Override
    protected Map<String, String> settings() {
        Map<String, String> settings = new HashMap<>(super.settings());
        settings.put("failure-timeout", "PT20S");
        return settings;
    }

    /** How many JVMs. */
    abstract int jvms();

    @Override
    protected void openMore() {
        other = open("/contract2");
        while (others.size() < jvms() - 1) {
            others.add(ClusterNode.start(application(), settings()));
        }
        second = others.get(others.size() - 1);
        await().atMost(ClusterNode.FORMED).untilAsserted(this::allSeeAll);
    }

    @AfterAll
    void endTheOthers() {
        others.forEach(RemoteCache::close);
    }

    @Test
    void allSeeAll() {
        List<SessionCache> all = new ArrayList<>(others);
        all.add(cache);
        assertThat(all).extracting(ClusterNode::members).containsOnly(jvms());
    }

    @Override
    protected void plant(String application, TokenDigest digest, byte[] value) {
        ours(cache).raw().put(digest.toBytes(), value);
    }

    @Override
    protected byte @Nullable [] raw(String application, TokenDigest digest) {
        return ours(cache).raw().get(digest.toBytes());
    }

    @Override
    protected List<byte[]> everything(String application) {
        return ours(cache).raw().entrySet().stream()
                .flatMap(entry -> Stream.of(entry.getKey(), entry.getValue()))
                .toList();
    }
}
