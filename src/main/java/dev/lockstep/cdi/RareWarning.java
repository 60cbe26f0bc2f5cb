package dev.lockstep.cdi;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A warning that is logged at once, and then at most once a minute, however often its reason comes. Thread-safe: of
 * callers at the same time, the one whose compare-and-set succeeds logs.
 */
final class RareWarning {

    private static final long MINUTE = 60_000_000_000L;

    private final Logger log;
    private final LongSupplier nanoTime;
    private final AtomicLong next;

    RareWarning(Logger log, LongSupplier nanoTime) {
        this.log = log;
        this.nanoTime = nanoTime;
        this.next = new AtomicLong(nanoTime.getAsLong());
    }

    void log(Supplier<String> message, @Nullable Throwable cause) {
        long now = nanoTime.getAsLong();
        long due = next.get();
        if (now - due >= 0 && next.compareAndSet(due, now + MINUTE)) {
            log.log(Level.WARNING, message, cause);
        }
    }
}
