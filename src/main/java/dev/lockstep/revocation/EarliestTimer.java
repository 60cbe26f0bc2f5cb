package dev.lockstep.revocation;

import dev.lockstep.spi.NodeClock;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Rings once at the earliest of the moments that it was set for, then must be set again. One timer,
 * however many set it.
 *
 * <p>Thread-safe. A timer is cancelled only once there is another. It is unset before it rings, so
 * that whoever sets it while it rings is not missed.
 */
final class EarliestTimer {

    private final NodeClock clock;
    private final ScheduledExecutorService scheduler;
    private final Runnable ring;
    private Future<?> timer = CompletableFuture.completedFuture(null);
    private boolean set;
    private long moment;

    EarliestTimer(NodeClock clock, ScheduledExecutorService scheduler, Runnable ring) {
        this.clock = clock;
        this.scheduler = scheduler;
        this.ring = ring;
    }

    /** @param nanos a moment of the monotonic clock */
    synchronized void setFor(long nanos) {
        if (!set || nanos - moment < 0) {
            Future<?> earlier = scheduler.schedule(this::ring, nanos - clock.nanoTime(), TimeUnit.NANOSECONDS);
            timer.cancel(false);
            timer = earlier;
            set = true;
            moment = nanos;
        }
    }

    private void ring() {
        synchronized (this) {
            set = false;
        }
        ring.run();
    }
}
