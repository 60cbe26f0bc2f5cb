package dev.lockstep.monitoring;

import dev.lockstep.spi.NodeListener;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts sessions that are opened and ended here, and keeps how many live. Thread-safe. The live
 * ones are counted anew only where somebody has looked at their number.
 */
final class SessionMeters implements NodeListener {

    private final LongAdder opened;
    private final LongAdder rotated;
    private final Map<EndedBy, LongAdder> ended;
    private final AtomicBoolean looked = new AtomicBoolean();
    private volatile double live = Double.NaN;

    SessionMeters(SeriesList series) {
        opened = series.counter(Meters.SESSIONS_OPENED);
        rotated = series.counter(Meters.SESSIONS_ROTATED);
        ended = series.counters(Meters.SESSIONS_ENDED, EndedBy.class);
        series.gauge(Meters.SESSIONS_LIVE, this::look);
    }

    @Override
    public void sessionOpened() {
        opened.increment();
    }

    @Override
    public void sessionRotated() {
        rotated.increment();
    }

    @Override
    public void sessionsEnded(EndedBy how, int count) {
        Objects.requireNonNull(ended.get(how)).add(count);
    }

    @Override
    public void sessionsCounted(long number, Duration took) {
        live = number;
    }

    /** If somebody has looked since this was asked last. */
    @Override
    public boolean countsSessions() {
        return looked.getAndSet(false);
    }

    private double look() {
        looked.set(true);
        return live;
    }
}
