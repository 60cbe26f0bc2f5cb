package dev.lockstep.bench.jmh;

import dev.lockstep.spi.NodeListener;
import java.util.concurrent.atomic.LongAdder;

/** What the least of metrics does: counts look-ups by what answered them. */
final class Counter implements NodeListener {

    private final LongAdder[] lookUps = new LongAdder[Source.values().length];

    private Counter() {
        for (int i = 0; i < lookUps.length; i++) {
            lookUps[i] = new LongAdder();
        }
    }

    static NodeListener named(String name) {
        return name.equals("none") ? NONE : new Counter();
    }

    @Override
    public void lookedUp(Source answeredBy, Result result, long nanos) {
        lookUps[answeredBy.ordinal()].increment();
    }
}
