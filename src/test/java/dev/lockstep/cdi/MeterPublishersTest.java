package dev.lockstep.cdi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lockstep.IssuedToken;
import dev.lockstep.SessionManager;
import dev.lockstep.contract.CapturedLog;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.testing.exporter.InMemoryMetricReader;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a node does is seen wherever there is a place for it, and no longer than it lives. */
class MeterPublishersTest {

    private static final MBeanServer JMX = ManagementFactory.getPlatformMBeanServer();
    private static SimpleMeterRegistry micrometer;
    private static InMemoryMetricReader opentelemetry;

    private final String name = "shop-" + UUID.randomUUID();

    @BeforeEach
    void begin() {
        micrometer = new SimpleMeterRegistry();
        opentelemetry = InMemoryMetricReader.create();
    }

    @Test
    void aHitIsSeenEverywhereAndNothingStaysBehind() throws Exception {
        try (SeApplication application = start(Map.of())) {
            hit(application);

            assertThat(JMX.getAttribute(bean(), "CacheGetsNearHit")).isEqualTo(1L);
            assertThat(micrometer
                            .get("lockstep.validations")
                            .tags("application", name, "source", "near", "result", "live")
                            .functionCounter()
                            .count())
                    .isOne();
            assertThat(opentelemetry.collectAllMetrics())
                    .extracting(MetricData::getName)
                    .contains("lockstep.validations", "lockstep.lease.remaining");
        }

        assertThat(JMX.isRegistered(bean())).isFalse();
        assertThat(micrometer.getMeters()).isEmpty();
    }

    @Test
    void librariesAreLeftOutByTheConfiguration() throws Exception {
        try (SeApplication application = start(Map.of("lockstep.metrics", "opentelemetry"))) {
            hit(application);

            assertThat(micrometer.getMeters()).isEmpty();
            assertThat(opentelemetry.collectAllMetrics()).isNotEmpty();
            assertThat(JMX.isRegistered(bean())).isTrue();
        }
        begin();
        try (SeApplication application = start(Map.of("lockstep.metrics", "none"))) {
            hit(application);

            assertThat(micrometer.getMeters()).isEmpty();
            assertThat(opentelemetry.collectAllMetrics()).isEmpty();
            assertThat(JMX.isRegistered(bean())).isTrue();
        }
    }

    @Test
    void aLibraryThatFailsKeepsNobodyFromLoggingIn() throws Exception {
        micrometer = new SimpleMeterRegistry() {
            @Override
            protected <T> io.micrometer.core.instrument.FunctionCounter newFunctionCounter(
                    Meter.Id id, T object, java.util.function.ToDoubleFunction<T> value) {
                throw new IllegalStateException("full");
            }
        };
        try (CapturedLog log = new CapturedLog(MeterPublishers.class.getName());
                SeApplication application = start(Map.of())) {
            hit(application);

            assertThat(log.messages())
                    .singleElement()
                    .asString()
                    .startsWith("LOCKSTEP-0531 This node's meters are not shown by Micrometer");
            assertThat(JMX.getAttribute(bean(), "CacheGetsNearHit")).isEqualTo(1L);
            assertThat(micrometer.getMeters()).isEmpty();
        }
    }

    private SeApplication start(Map<String, String> settings) {
        Map<String, String> all = new java.util.HashMap<>(settings);
        all.put("lockstep.application", name);
        return SeApplication.start(all, Libraries.class);
    }

    /** One, and no more: until the node has its lease, finds are answered by the store. */
    private void hit(SeApplication application) {
        SessionManager sessions = application.get(SessionManager.class);
        IssuedToken issued = sessions.open("alice", Set.of());
        await().until(() -> {
            assertThat(sessions.find(issued.token())).isPresent();
            return JMX.getAttribute(bean(), "CacheGetsNearHit").equals(1L);
        });
    }

    private ObjectName bean() throws Exception {
        return new ObjectName("dev.lockstep:type=Node,application=" + ObjectName.quote(name));
    }

    /** As a server has them. */
    @ApplicationScoped
    static class Libraries {

        @Produces
        MeterRegistry registry() {
            return micrometer;
        }

        @Produces
        @ApplicationScoped
        OpenTelemetry telemetry() {
            return OpenTelemetrySdk.builder()
                    .setMeterProvider(SdkMeterProvider.builder()
                            .registerMetricReader(opentelemetry)
                            .build())
                    .build();
        }
    }
}
