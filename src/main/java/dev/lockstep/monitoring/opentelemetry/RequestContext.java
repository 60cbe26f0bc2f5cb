package dev.lockstep.monitoring.opentelemetry;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.context.propagation.TextMapGetter;
import org.jspecify.annotations.Nullable;

/**
 * To which context that belongs which a thread does now. As a rule to the thread's own. But servers
 * pool threads, and what instruments them may leave a context there: WildFly does so for each
 * asynchronous request of Jakarta REST, and another application's next request finds it. So what
 * was there before a request came counts only if the request says that it is its own. If not, what
 * is done for it before somebody begins a span belongs to the caller's span, by the headers, or to
 * none.
 *
 * <p>Thread-safe: each thread has a note of its own.
 */
final class RequestContext {

    /**
     * The attribute in which OpenTelemetry's instrumentation of servlets, its agent's as well, puts
     * the identifier of the span that it has begun for a request.
     */
    private static final String SPAN_ID = "span_id";

    private static final ThreadLocal<Entered> ENTERED = new ThreadLocal<>();

    private final ContextPropagators propagators;

    RequestContext(ContextPropagators propagators) {
        this.propagators = propagators;
    }

    /** Whether the thread was not at work for a request before. */
    boolean enter(TracedRequest request) {
        boolean isFirst = ENTERED.get() == null;
        if (isFirst) {
            ENTERED.set(new Entered(request, Context.current()));
        }
        return isFirst;
    }

    void leave() {
        ENTERED.remove();
    }

    Context current() {
        Context current = Context.current();
        Entered here = ENTERED.get();
        return here == null || here.before != current || here.isOwn() ? current : callers(here.request);
    }

    private Context callers(TracedRequest request) {
        return propagators.getTextMapPropagator().extract(Context.root(), request, Headers.INSTANCE);
    }

    private record Entered(TracedRequest request, Context before) {

        boolean isOwn() {
            SpanContext span = Span.fromContext(before).getSpanContext();
            return span.isValid() && span.getSpanId().equals(request.attribute(SPAN_ID));
        }
    }

    private enum Headers implements TextMapGetter<TracedRequest> {
        INSTANCE;

        @Override
        public Iterable<String> keys(TracedRequest request) {
            return request.headers();
        }

        @Override
        public @Nullable String get(@Nullable TracedRequest request, String name) {
            return request == null ? null : request.header(name);
        }
    }
}
