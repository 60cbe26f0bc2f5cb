package dev.lockstep.it.health;

import dev.lockstep.spi.Lookup.Result;
import dev.lockstep.spi.Lookup.Source;
import dev.lockstep.spi.NodeListener;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.atomic.AtomicInteger;

/** A listener of the application's. */
@ApplicationScoped
public class HeardLookUps implements NodeListener {

    static final AtomicInteger COUNT = new AtomicInteger();

    @Override
    public void lookedUp(Source answeredBy, Result result, long nanos) {
        COUNT.incrementAndGet();
    }
}
