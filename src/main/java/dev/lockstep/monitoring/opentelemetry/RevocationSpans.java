package dev.lockstep.monitoring.opentelemetry;

import dev.lockstep.RevocationOutcome;
import dev.lockstep.spi.RevocationSteps;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The spans of one logout: {@code lockstep.revoke} from the call until it is true on every node;
 * within it a {@code lockstep.commit} for each of its commits, and {@code lockstep.wait}, from the
 * first commit on, with the event {@code lockstep.push}. The commit may be shared with other
 * logouts, each of which has its own span of it.
 *
 * <p>Thread-safe: steps of one call follow one another, and the lock hands them on.
 */
final class RevocationSpans implements RevocationSteps {

    static final AttributeKey<Long> NODES = AttributeKey.longKey("lockstep.nodes");
    static final AttributeKey<List<String>> WAITED_OUT = AttributeKey.stringArrayKey("lockstep.waited_out");
    static final AttributeKey<String> ERROR_TYPE = AttributeKey.stringKey("error.type");

    private final Tracer tracer;
    private final Span call;
    private final Context context;
    private @Nullable Span waiting;

    RevocationSpans(Tracer tracer, Span call) {
        this.tracer = tracer;
        this.call = call;
        this.context = Context.root().with(call);
    }

    @Override
    public synchronized void committed(Duration took) {
        Instant now = Instant.now();
        tracer.spanBuilder("lockstep.commit")
                .setParent(context)
                .setStartTimestamp(now.minus(took))
                .startSpan()
                .end(now);
        if (waiting == null) {
            waiting = tracer.spanBuilder("lockstep.wait")
                    .setParent(context)
                    .setStartTimestamp(now)
                    .startSpan();
        }
    }

    @Override
    public synchronized void pushed(int nodes) {
        if (waiting != null) {
            waiting.addEvent("lockstep.push", Attributes.of(NODES, (long) nodes));
        }
    }

    @Override
    public synchronized void ended(@Nullable RevocationOutcome outcome, @Nullable Throwable failure) {
        if (waiting != null) {
            waiting.end();
        }
        if (outcome != null) {
            call.setAttribute(NODES, (long) outcome.nodes());
            call.setAttribute(WAITED_OUT, outcome.waitedOut());
        }
        if (failure != null) {
            call.setAttribute(ERROR_TYPE, failure.getClass().getName());
            call.setStatus(StatusCode.ERROR);
        }
        call.end();
    }
}
