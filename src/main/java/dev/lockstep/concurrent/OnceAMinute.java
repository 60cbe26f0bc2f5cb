package dev.lockstep.concurrent;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Lets something through at most once a minute: a message that would otherwise fill a log. The
 * first is let through at once.
 *
 * <p>Thread-safe; of several threads at the same time, one is let through.
 */
public final class OnceAMinute {

    private static final long MINUTE_NANOS = 60_000_000_000L;

    private final LongSupplier nanos;
    private final AtomicLong next;

    public OnceAMinute() {
        this(System::nanoTime);
    }

    /** @param nanos a monotonic clock, in nanoseconds */
    public OnceAMinute(LongSupplier nanos) {
        this.nanos = nanos;
        this.next = new AtomicLong(nanos.getAsLong());
    }

    /** Whether a minute has passed since this was last true, or it never was. */
    public boolean isDue() {
        long now = nanos.getAsLong();
        long due = next.get();
        return now - due >= 0 && next.compareAndSet(due, now + MINUTE_NANOS);
    }
}
