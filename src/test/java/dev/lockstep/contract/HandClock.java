package dev.lockstep.contract;

import dev.lockstep.spi.NodeClock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Clocks that are moved by hand. */
public final class HandClock implements NodeClock {

    private final AtomicLong nanos = new AtomicLong(1_000_000_000L);
    private final AtomicLong wall = new AtomicLong(1_700_000_000_000L);
    private final AtomicReference<@Nullable Error> wallBreaksOnce = new AtomicReference<>();

    @Override
    public long nanoTime() {
        return nanos.get();
    }

    @Override
    public long wallMillis() {
        Error breaks = wallBreaksOnce.getAndSet(null);
        if (breaks != null) {
            throw breaks;
        }
        return wall.get();
    }

    /** Lets time pass. */
    public void advance(Duration by) {
        nanos.addAndGet(by.toNanos());
        wall.addAndGet(by.toMillis());
    }

    /** The next reading of the wall clock throws this. */
    public void breakWallOnce(Error error) {
        wallBreaksOnce.set(error);
    }

    /** Somebody sets the wall clock. */
    public void jump(Duration by) {
        wall.addAndGet(by.toMillis());
    }

    /** The machine was suspended: the monotonic clock stood still. */
    public void sleep(Duration by) {
        wall.addAndGet(by.toMillis());
    }
}
