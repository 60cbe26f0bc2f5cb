package dev.lockstep.cache.infinispan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.lockstep.CacheException;
import dev.lockstep.SessionCache;
import dev.lockstep.SessionCopy;
import dev.lockstep.cache.jvm.ChildJvm;
import dev.lockstep.cache.jvm.RemoteCache;
import dev.lockstep.contract.Concurrently;
import dev.lockstep.contract.MapSettings;
import dev.lockstep.contract.OpenedCaches;
import dev.lockstep.contract.SessionCopies;
import dev.lockstep.process.Ports;
import dev.lockstep.spi.RevocationChannel;
import dev.lockstep.spi.SharedConnection;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** This JVM and two others, one of which stands still or dies. */
class InfinispanJvmsTest {

    static final String APPLICATION = "/jvms";
    private static final Duration LONG = Duration.ofHours(1);

    private final OpenedCaches caches = new OpenedCaches(new InfinispanCacheProvider(), APPLICATION);
    private Map<String, String> settings;
    private SessionCache cache;
    private RemoteCache two;
    private RemoteCache three;

    @AfterEach
    void stop() throws Exception {
        two.close();
        three.close();
        caches.close();
    }

    /**
     * Nobody is taken out of the cluster for a minute, so what ends the waiting is the deadline.
     */
    @Test
    void aNodeThatStandsStillCostsTheDeadlineAndNoMore() throws Exception {
        form(Map.of("failure-timeout", "PT1M"), Duration.ofMillis(300));
        SessionCopy copy = SessionCopies.fresh();
        await().atMost(ChildJvm.LONG_ENOUGH)
                .ignoreExceptionsInstanceOf(CacheException.class)
                .untilAsserted(() -> cache.put(copy, LONG));
        two.jvm().stop();
        assertThatThrownBy(() -> cache.put(SessionCopies.fresh(), LONG)).isInstanceOf(CacheException.class);
        try (Concurrently threads = new Concurrently()) {
            threads.run(Collections.nCopies(8, this::putMoreThanFlowControlLetsPass));
        }
        assertThat(cache.get(copy.digest())).isEqualTo(copy);
        assertThat(ClusterNode.members(cache)).isEqualTo(3);
        two.jvm().goOn();
        await().atMost(ChildJvm.LONG_ENOUGH)
                .ignoreExceptionsInstanceOf(CacheException.class)
                .untilAsserted(() -> {
                    SessionCopy later = SessionCopies.fresh();
                    cache.put(later, LONG);
                    assertThat(two.get(later.digest())).isEqualTo(later);
                });
    }

    /** A megabyte, of eight, while the members of a cluster owe each other five at most. */
    private Void putMoreThanFlowControlLetsPass() {
        for (int i = 0; i < 10; i++) {
            assertThatThrownBy(() -> cache.put(SessionCopies.large(), LONG)).isInstanceOf(CacheException.class);
        }
        return null;
    }

    @Test
    void aNodeThatIsKilledIsTakenOutOfTheCluster() throws Exception {
        form(Map.of("failure-timeout", "PT10S"), Duration.ofSeconds(5));
        SessionCopy copy = SessionCopies.fresh();
        two.put(copy, LONG);
        two.jvm().kill();
        await().atMost(ClusterNode.FORMED)
                .untilAsserted(() -> assertThat(List.of(cache, three))
                        .extracting(ClusterNode::members)
                        .containsOnly(2));
        assertThat(cache.get(copy.digest())).isEqualTo(copy);
        SessionCopy later = SessionCopies.fresh();
        cache.put(later, LONG);
        assertThat(three.get(later.digest())).isEqualTo(later);
    }

    @Test
    void aPushReachesTheOthersAndAnotherThatStandsStillHoldsNobodyUp() throws Exception {
        form(Map.of("failure-timeout", "PT1M"), Duration.ofSeconds(5));
        two.jvm().ask("listen two");
        three.jvm().ask("listen three");
        try (RevocationChannel channel = new InfinispanChannelProvider()
                .configure(new MapSettings(settings))
                .open(caches.context(), SharedConnection.of(cache))) {
            channel.start(message -> Optional.of("one"));
            assertThat(Pushes.untilAcknowledged(channel, Pushes.message(), Set.of("two", "three")))
                    .doesNotContain("one");
            two.jvm().stop();
            assertThat(Pushes.untilAcknowledged(channel, Pushes.message(), Set.of("three")))
                    .doesNotContain("two");
            assertThat(ClusterNode.members(cache)).isEqualTo(3);
            two.jvm().goOn();
            Pushes.untilAcknowledged(channel, Pushes.message(), Set.of("two", "three"));
        }
    }

    private void form(Map<String, String> more, Duration timeout) throws Exception {
        settings = new HashMap<>(more);
        settings.put("bind-port", String.valueOf(Ports.free()));
        settings.put("stack", "tcp");
        settings.put("port-range", "10");
        cache = caches.open(settings, timeout);
        two = ClusterNode.start(APPLICATION, settings);
        three = ClusterNode.start(APPLICATION, settings);
        await().atMost(ClusterNode.FORMED)
                .untilAsserted(() -> assertThat(List.of(cache, two, three))
                        .extracting(ClusterNode::members)
                        .containsOnly(3));
    }
}
