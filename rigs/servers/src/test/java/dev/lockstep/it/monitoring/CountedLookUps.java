package dev.lockstep.it.monitoring;

import dev.lockstep.spi.Lookup.Result;
import dev.lockstep.spi.Lookup.Source;
import dev.lockstep.spi.NodeListener;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts look-ups by who answered them. */
@ApplicationScoped
public class CountedLookUps implements NodeListener {

    private final AtomicInteger byNearCache = new AtomicInteger();
    private final AtomicInteger byStore = new AtomicInteger();

    @Override
    public void lookedUp(Source answeredBy, Result result, long nanos) {
        if (answeredBy == Source.NEAR) {
            byNearCache.incrementAndGet();
        } else if (answeredBy == Source.STORE) {
            byStore.incrementAndGet();
        }
    }

    int byNearCache() {
        return byNearCache.get();
    }

    int byStore() {
        return byStore.get();
    }
}
