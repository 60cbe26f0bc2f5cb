package dev.lockstep.it.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import dev.lockstep.it.Deployments;
import dev.lockstep.it.Http;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Span.SpanKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What a server's MicroProfile Telemetry exports of an application that switches it on: traces and
 * metrics.
 */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class TelemetryIT {

    private static final String NAME = "traced";
    private static final TelemetryReceiver RECEIVER = TelemetryReceiver.start();

    private static final Pattern COUNTER = Pattern.compile("(?m)^\\| `(lockstep\\.[^`]+)` \\|[^|]*\\| counter,");

    private static final String PARENT = "0123456789abcdef";
    private static final String CALLER = "00-0123456789abcdef0123456789abcdef-" + PARENT + "-01";

    private final Http http = Http.to(NAME);

    @ArquillianResource
    Deployer deployer;

    @Deployment(name = NAME, managed = false, testable = false)
    static WebArchive application() {
        Map<String, String> config = Map.of(
                "lockstep.web.protect", "/rest/guarded",
                "lockstep.metrics", "opentelemetry",
                "otel.sdk.disabled", "false",
                "otel.exporter.otlp.protocol", "http/protobuf",
                "otel.exporter.otlp.endpoint", RECEIVER.url(),
                "otel.metrics.exporter", "otlp",
                "otel.metric.export.interval", "250",
                "otel.logs.exporter", "none",
                "otel.bsp.schedule.delay", "50");
        return Deployments.war(
                NAME,
                config,
                TracedResource.class,
                TracedResource.TracedApplication.class,
                CountedLookUps.class,
                CleanThreads.class);
    }

    @AfterAll
    static void stop() {
        RECEIVER.close();
    }

    @Test
    void lookUpsInTheStoreAndLogoutsAreSpansOfTheirRequestsAndMetersAreMetrics() {
        deployer.deploy(NAME);
        try {
            await().until(() -> !get("find").equals("0"));
            String token = get("token");
            refused(get("lost"));
            int byStore = Integer.parseInt(get("confirm"));
            assertThat(http.post("rest/logout", "").statusCode()).isEqualTo(200);
            await().until(() -> spans("lockstep.revoke").size() == 1
                    && spans("lockstep.validate").size() >= byStore);

            lookUps(byStore);
            logout();
            metrics();
            assertThat(RECEIVER.everything()).doesNotContain(token, "alice");
        } finally {
            deployer.undeploy(NAME);
        }
    }

    /**
     * Once without a trace, once with the caller's, on threads on which asynchronous requests have
     * left their spans: WildFly does that, of which the filter must not make children.
     */
    private void refused(String token) {
        refused(token, "traceparent", CALLER);
        await().until(() -> {
            assertThat(get("later")).isEqualTo("later");
            refused(token, "accept", "text/plain");
            return !MeasuredApplication.isWildFly() || !get("left").equals("0");
        });
    }

    private void refused(String token, String header, String value) {
        assertThat(http.get("rest/guarded", "Authorization", "Bearer " + token, header, value)
                        .statusCode())
                .isEqualTo(401);
    }

    /**
     * As many as the store answered. The filter asks before Jakarta REST, and with it the server's
     * span, begins: so its own spans have the caller's for a parent, or none. The last is that of
     * the request for a confirmed one.
     */
    private static void lookUps(int byStore) {
        List<Span> validated = spans("lockstep.validate");
        assertThat(validated).hasSize(byStore);
        assertThat(validated)
                .filteredOn(span -> span.toString().contains("not_live"))
                .extracting(span -> hex(span.getParentSpanId()))
                .containsOnlyOnce(PARENT)
                .containsOnly(PARENT, "");
        assertThat(parent(validated.get(byStore - 1)).getName()).contains("confirm");
    }

    private static String hex(ByteString bytes) {
        return HexFormat.of().formatHex(bytes.toByteArray());
    }

    private static void logout() {
        Span revoke = spans("lockstep.revoke").get(0);
        assertThat(parent(revoke).getName()).contains("logout");
        assertThat(parent(revoke).getKind()).isEqualTo(SpanKind.SPAN_KIND_SERVER);
        assertThat(revoke.toString()).contains("lockstep.application", "/" + NAME);
        assertThat(spans("lockstep.commit"))
                .singleElement()
                .satisfies(commit -> assertThat(parent(commit)).isEqualTo(revoke));
        assertThat(spans("lockstep.wait"))
                .singleElement()
                .satisfies(wait -> assertThat(parent(wait)).isEqualTo(revoke));
    }

    private static void metrics() {
        await().untilAsserted(() -> {
            assertThat(RECEIVER.metricsOf("lockstep"))
                    .extracting(Metric::getName)
                    .hasSizeGreaterThan(20)
                    .containsAll(counters());
            assertThat(metric("lockstep.sessions.opened").getSum().getDataPointsList())
                    .singleElement()
                    .satisfies(point -> assertThat(point.getAsInt()).isEqualTo(2))
                    .satisfies(point -> assertThat(point.toString()).contains("application", "/" + NAME));
            assertThat(metric("lockstep.lease.remaining").getGauge().getDataPointsList())
                    .singleElement()
                    .satisfies(point -> assertThat(point.getAsDouble()).isPositive());
            assertThat(metric("lockstep.revocation.duration").getHistogram().getDataPointsList())
                    .singleElement()
                    .satisfies(point -> assertThat(point.getCount()).isEqualTo(1))
                    .satisfies(point -> assertThat(point.toString()).contains("settled", "alone"));
        });
    }

    private static List<String> counters() throws IOException {
        return COUNTER.matcher(Files.readString(Path.of("docs/reference/meters.md")))
                .results()
                .map(row -> row.group(1))
                .toList();
    }

    private static Metric metric(String name) {
        return RECEIVER.metricsOf("lockstep").stream()
                .filter(metric -> metric.getName().equals(name))
                .reduce((earlier, later) -> later)
                .orElseThrow(() -> new AssertionError(name));
    }

    private static List<Span> spans(String name) {
        return RECEIVER.spansOf("lockstep").stream()
                .filter(span -> span.getName().equals(name))
                .toList();
    }

    /** The server's span comes when its request is over. */
    private static Span parent(Span of) {
        return await().until(
                        () -> RECEIVER.spans().stream()
                                .filter(span -> span.getSpanId().equals(of.getParentSpanId()))
                                .filter(span -> span.getTraceId().equals(of.getTraceId()))
                                .findAny(),
                        Optional::isPresent)
                .orElseThrow();
    }

    private String get(String path) {
        return http.get("rest/" + path).body();
    }
}
