package dev.lockstep.it.monitoring;

import dev.lockstep.spi.Lookup.Result;
import dev.lockstep.spi.Lookup.Source;
import dev.lockstep.spi.NodeListener;
import io.opentelemetry.api.trace.Span;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts look-ups by who answered them. */
@ApplicationScoped
public class CountedLookUps implements NodeListener {

    private final AtomicInteger byNearCache = new AtomicInteger();
    private final AtomicInteger byStore = new AtomicInteger();
    private final AtomicInteger amidOthers = new AtomicInteger();

    @Override
    public void lookedUp(Source answeredBy, Result result, long nanos) {
        if (answeredBy == Source.NEAR) {
            byNearCache.incrementAndGet();
        } else if (answeredBy == Source.STORE) {
            byStore.incrementAndGet();
            if (result == Result.NOT_LIVE && Span.current().getSpanContext().isValid()) {
                amidOthers.incrementAndGet();
            }
        }
    }

    int byNearCache() {
        return byNearCache.get();
    }

    /** Look-ups that found nothing, on a thread that had a span. */
    int amidOthers() {
        return amidOthers.get();
    }

    int byStore() {
        return byStore.get();
    }
}
