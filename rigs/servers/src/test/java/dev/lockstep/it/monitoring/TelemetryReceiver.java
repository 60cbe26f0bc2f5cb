package dev.lockstep.it.monitoring;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.zip.GZIPInputStream;

/** Takes what a server exports by OTLP over HTTP, on a free port of the loopback. Thread-safe. */
final class TelemetryReceiver implements AutoCloseable {

    private final List<ScopeSpans> traces = new CopyOnWriteArrayList<>();
    private final List<ScopeMetrics> metrics = new CopyOnWriteArrayList<>();
    private final HttpServer server;

    private TelemetryReceiver(HttpServer server) {
        this.server = server;
    }

    static TelemetryReceiver start() {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            TelemetryReceiver receiver = new TelemetryReceiver(server);
            server.createContext("/v1/traces", exchange -> receive(exchange, receiver::takeTraces));
            server.createContext("/v1/metrics", exchange -> receive(exchange, receiver::takeMetrics));
            server.start();
            return receiver;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Of one instrumentation scope, in the order of their coming. */
    List<Span> spansOf(String scope) {
        return traces.stream()
                .filter(spans -> spans.getScope().getName().equals(scope))
                .flatMap(spans -> spans.getSpansList().stream())
                .toList();
    }

    /** Of all scopes. */
    List<Span> spans() {
        return traces.stream().flatMap(spans -> spans.getSpansList().stream()).toList();
    }

    /** Of one instrumentation scope, those of each export after those of the earlier ones. */
    List<Metric> metricsOf(String scope) {
        return metrics.stream()
                .filter(exported -> exported.getScope().getName().equals(scope))
                .flatMap(exported -> exported.getMetricsList().stream())
                .toList();
    }

    /** All that has come, as text. */
    String everything() {
        return traces.toString() + metrics;
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void takeTraces(InputStream body) throws IOException {
        ExportTraceServiceRequest.parseFrom(body)
                .getResourceSpansList()
                .forEach(resource -> traces.addAll(resource.getScopeSpansList()));
    }

    private void takeMetrics(InputStream body) throws IOException {
        ExportMetricsServiceRequest.parseFrom(body)
                .getResourceMetricsList()
                .forEach(resource -> metrics.addAll(resource.getScopeMetricsList()));
    }

    private interface Taking {
        void take(InputStream body) throws IOException;
    }

    private static void receive(HttpExchange exchange, Taking taking) throws IOException {
        try (exchange) {
            taking.take(body(exchange));
            exchange.getResponseHeaders().add("Content-Type", "application/x-protobuf");
            exchange.sendResponseHeaders(200, -1);
        }
    }

    private static InputStream body(HttpExchange exchange) throws IOException {
        boolean gzip = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
        return gzip ? new GZIPInputStream(exchange.getRequestBody()) : exchange.getRequestBody();
    }
}
