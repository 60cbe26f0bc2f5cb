package dev.lockstep.monitoring.opentelemetry;

import static io.opentelemetry.api.common.AttributeKey.stringKey;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.monitoring.MeterSeries;
import dev.lockstep.monitoring.PublishedNode;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.data.DoublePointData;
import io.opentelemetry.sdk.metrics.data.HistogramPointData;
import io.opentelemetry.sdk.metrics.data.LongPointData;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.testing.exporter.InMemoryMetricReader;
import java.util.Collection;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OpenTelemetryMetersTest {

    private final InMemoryMetricReader reader = InMemoryMetricReader.create();
    private final OpenTelemetrySdk sdk = OpenTelemetrySdk.builder()
            .setMeterProvider(
                    SdkMeterProvider.builder().registerMetricReader(reader).build())
            .build();
    private final PublishedNode node = new PublishedNode("shop", sdk);

    @AfterEach
    void end() {
        sdk.close();
    }

    @Test
    void withoutABeanAndAGlobalOneNothingIsShown() {
        assertThat(OpenTelemetryMeters.publish(new PublishedNode("shop", null))).isEmpty();
    }

    @Test
    void everyMeterIsAnInstrumentOfTheScopeWithItsUnitAndDescription() throws Exception {
        try (AutoCloseable shown = shown()) {
            assertThat(shown).isNotNull();
            node.work();

            Map<String, MetricData> collected = collect();

            assertThat(collected.values())
                    .isNotEmpty()
                    .allMatch(
                            data -> data.getInstrumentationScopeInfo().getName().equals("lockstep"));
            node.meters().series().stream()
                    .map(MeterSeries::meter)
                    .distinct()
                    .filter(meter -> collected.containsKey(meter.name()))
                    .forEach(meter -> {
                        assertThat(collected.get(meter.name()).getUnit()).isEqualTo(meter.unit());
                        assertThat(collected.get(meter.name()).getDescription()).isEqualTo(meter.description());
                    });
        }
    }

    @Test
    void countersGaugesAndHistogramsHaveWhatWasCounted() throws Exception {
        try (AutoCloseable shown = shown()) {
            assertThat(shown).isNotNull();
            node.work();

            Map<String, MetricData> collected = collect();

            Attributes hits = Attributes.of(
                    stringKey("application"), "shop", stringKey("cache"), "near", stringKey("result"), "hit");
            assertThat(collected.get("lockstep.cache.gets").getLongSumData().getPoints())
                    .filteredOn(point -> point.getAttributes().equals(hits))
                    .singleElement()
                    .extracting(LongPointData::getValue)
                    .isEqualTo(2L);
            assertThat(collected
                            .get("lockstep.lease.remaining")
                            .getDoubleGaugeData()
                            .getPoints())
                    .singleElement()
                    .extracting(DoublePointData::getValue)
                    .isEqualTo(5.0);
            HistogramPointData took =
                    collected.get("lockstep.revocation.duration").getHistogramData().getPoints().stream()
                            .findFirst()
                            .orElseThrow();
            assertThat(took.getSum()).isEqualTo(.04);
            assertThat(took.getBoundaries()).contains(.025, .05, .5);
            assertThat(took.getCounts().get(took.getBoundaries().indexOf(.05))).isEqualTo(1);
        }
    }

    @Test
    void whatIsNotKnownIsNotShown() throws Exception {
        try (AutoCloseable shown = shown()) {
            assertThat(shown).isNotNull();
            assertThat(collect()).doesNotContainKey("lockstep.poll.age");
        }
    }

    @Test
    void afterTheEndNothingIsReadAndNothingRecorded() throws Exception {
        AutoCloseable shown = shown();
        shown.close();

        node.work();

        assertThat(collect()).isEmpty();
    }

    private AutoCloseable shown() {
        return OpenTelemetryMeters.publish(node).orElseThrow();
    }

    private Map<String, MetricData> collect() {
        Collection<MetricData> all = reader.collectAllMetrics();
        return all.stream().collect(Collectors.toMap(MetricData::getName, Function.identity()));
    }
}
