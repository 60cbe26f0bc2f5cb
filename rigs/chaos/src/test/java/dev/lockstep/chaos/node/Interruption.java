package dev.lockstep.chaos.node;

import dev.lockstep.chaos.cluster.Daemons;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Interrupts a thread while it is in a call, and never after it. Used for one call; {@code over}
 * and {@code happened} are guarded by its lock.
 */
final class Interruption {

    private static final ScheduledExecutorService TIMER =
            Executors.newSingleThreadScheduledExecutor(Daemons.named("interrupt"));

    private final Thread caller = Thread.currentThread();
    private boolean over;
    private boolean happened;

    private Interruption() {}

    static Interruption after(long millis) {
        Interruption interruption = new Interruption();
        var unused = TIMER.schedule(interruption::strike, millis, TimeUnit.MILLISECONDS);
        return interruption;
    }

    /**
     * Makes the call. A call that was interrupted leaves the thread's flag set, however it ends;
     * this clears it.
     *
     * @return whether it did
     */
    boolean isKept(Runnable call) {
        try {
            call.run();
        } catch (RuntimeException e) {
            if (isFlagKept()) {
                throw e;
            }
            return false;
        }
        return isFlagKept();
    }

    private synchronized void strike() {
        if (!over) {
            happened = true;
            caller.interrupt();
        }
    }

    private synchronized boolean isFlagKept() {
        over = true;
        return !happened || Thread.interrupted();
    }
}
