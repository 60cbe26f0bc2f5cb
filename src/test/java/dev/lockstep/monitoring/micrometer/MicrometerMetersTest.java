package dev.lockstep.monitoring.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.monitoring.PublishedNode;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.distribution.CountAtBucket;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class MicrometerMetersTest {

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final PublishedNode node = new PublishedNode("shop", registry);

    @Test
    void withoutARegistryNothingIsShown() {
        assertThat(MicrometerMeters.publish(new PublishedNode("shop", null))).isEmpty();
    }

    @Test
    void everySeriesIsAMeterOfTheApplication() throws Exception {
        try (AutoCloseable shown = shown(node)) {
            assertThat(shown).isNotNull();
            assertThat(meters())
                    .hasSameSizeAs(node.meters().series())
                    .allMatch(meter -> "shop".equals(meter.getId().getTag("application")))
                    .allMatch(meter -> meter.getId().getDescription() != null);
        }
    }

    @Test
    void valuesAreReadWhenTheyAreAsked() throws Exception {
        try (AutoCloseable shown = shown(node)) {
            assertThat(shown).isNotNull();
            node.work();

            assertThat(registry.get("lockstep.cache.gets")
                            .tags("cache", "near", "result", "hit")
                            .functionCounter()
                            .count())
                    .isEqualTo(2);
            Meter.Id lease = registry.get("lockstep.lease.remaining").gauge().getId();
            assertThat(registry.get("lockstep.lease.remaining").gauge().value()).isEqualTo(5);
            assertThat(lease.getBaseUnit()).isEqualTo("seconds");
        }
    }

    @Test
    void timersHaveBuckets() throws Exception {
        try (AutoCloseable shown = shown(node)) {
            assertThat(shown).isNotNull();
            node.work();

            Timer timer = registry.get("lockstep.revocation.duration")
                    .tag("settled", "acknowledged")
                    .timer();
            assertThat(timer.totalTime(TimeUnit.MILLISECONDS)).isEqualTo(40);
            CountAtBucket[] buckets = timer.takeSnapshot().histogramCounts();
            assertThat(Arrays.stream(buckets)
                            .filter(bucket -> bucket.count() == 1)
                            .findFirst()
                            .orElseThrow()
                            .bucket(TimeUnit.MILLISECONDS))
                    .isEqualTo(50);
        }
    }

    @Test
    void whatEndsTakesItsMetersWithItAndNothingElse() throws Exception {
        AutoCloseable other = shown(new PublishedNode("another", registry));
        AutoCloseable shown = shown(node);

        shown.close();
        node.work();

        assertThat(meters())
                .hasSameSizeAs(node.meters().series())
                .allMatch(meter -> "another".equals(meter.getId().getTag("application")));
        other.close();
        assertThat(registry.getMeters()).isEmpty();
    }

    /** As on WildFly 39: what a builder makes is found by nobody. */
    @Test
    void aRegistryThatIgnoresBuildersIsAskedByItsMethods() throws Exception {
        MeterRegistry server = registry;
        PublishedNode onServer = new PublishedNode("shop", new PassingRegistry(server));
        AutoCloseable shown = shown(onServer);
        onServer.work();

        assertThat(server.getMeters()).hasSameSizeAs(onServer.meters().series());
        assertThat(server.get("lockstep.cache.gets")
                        .tags("cache", "near", "result", "hit")
                        .functionCounter()
                        .count())
                .isEqualTo(2);
        assertThat(server.get("lockstep.lease.remaining").timeGauge().value(TimeUnit.SECONDS))
                .isEqualTo(5);
        assertThat(server.get("lockstep.revocation.duration")
                        .tag("settled", "acknowledged")
                        .functionTimer()
                        .totalTime(TimeUnit.MILLISECONDS))
                .isEqualTo(40);

        shown.close();
        assertThat(server.getMeters()).isEmpty();
    }

    /** Without those that the registry makes of buckets. */
    private List<Meter> meters() {
        return registry.getMeters().stream()
                .filter(meter -> meter.getId().syntheticAssociation() == null)
                .toList();
    }

    private static AutoCloseable shown(PublishedNode node) {
        return MicrometerMeters.publish(node).orElseThrow();
    }
}
