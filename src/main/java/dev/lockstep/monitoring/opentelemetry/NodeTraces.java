package dev.lockstep.monitoring.opentelemetry;

import dev.lockstep.spi.Lookup.Result;
import dev.lockstep.spi.Lookup.Source;
import dev.lockstep.spi.NodeListener;
import dev.lockstep.spi.RevocationSteps;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * Makes spans of what requests wait for: {@code lockstep.validate}, for a token about which the
 * store was asked, and {@code lockstep.revoke} for a logout, with what it consists of. Each belongs
 * to the span of the caller, on whichever thread it ends. What a cache answers has none: it is
 * quicker than a span is made. Thread-safe.
 *
 * <p>No span has a token, a digest, a session or a principal.
 */
public final class NodeTraces implements NodeListener {

    static final AttributeKey<String> APPLICATION = AttributeKey.stringKey("lockstep.application");
    static final AttributeKey<String> RESULT = AttributeKey.stringKey("lockstep.result");

    private final Tracer tracer;
    private final Attributes attributes;
    private final RequestContext requests;

    /** @param telemetry whose exporters, samplers and clock are used */
    public NodeTraces(OpenTelemetry telemetry, String application) {
        this.tracer = telemetry.getTracer(OpenTelemetryScope.NAME);
        this.attributes = Attributes.of(APPLICATION, application);
        this.requests = new RequestContext(telemetry.getPropagators());
    }

    /**
     * Where there is an OpenTelemetry; else nobody listens.
     *
     * @param beans finds a bean by its type
     */
    public static Optional<NodeListener> find(Beans beans, String application) {
        return OpenTelemetryScope.of(beans.one(OpenTelemetry.class)).map(found -> new NodeTraces(found, application));
    }

    /** Finds beans. */
    public interface Beans {

        /** Empty where there is none of that type, or several. */
        <T> Optional<T> one(Class<T> type);
    }

    /**
     * From now on the calling thread works for a request, until it {@linkplain #left leaves} it.
     *
     * @return false if it did so already
     */
    public boolean entered(TracedRequest request) {
        return requests.enter(request);
    }

    /** The calling thread works for that request no more. */
    public void left() {
        requests.leave();
    }

    @Override
    public void lookedUp(Source answeredBy, Result result, long nanos) {
        if (answeredBy == Source.STORE) {
            validated(result, nanos);
        }
    }

    @Override
    public RevocationSteps revoking() {
        Span call = tracer.spanBuilder("lockstep.revoke")
                .setParent(requests.current())
                .setAllAttributes(attributes)
                .startSpan();
        return new RevocationSpans(tracer, call);
    }

    private void validated(Result result, long nanos) {
        Instant now = Instant.now();
        Span span = tracer.spanBuilder("lockstep.validate")
                .setParent(requests.current())
                .setAllAttributes(attributes)
                .setAttribute(RESULT, result.name().toLowerCase(Locale.ROOT))
                .setStartTimestamp(now.minusNanos(nanos))
                .startSpan();
        if (result == Result.FAILED) {
            span.setStatus(StatusCode.ERROR);
        }
        span.end(now);
    }
}
