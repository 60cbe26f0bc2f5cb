package dev.lockstep.cache.sharedmemory;

import java.util.concurrent.locks.LockSupport;

/**
 * An entry on its way to the shared memory; an empty one removes. Made by the thread that may wait
 * for it; settled by any, once: {@code settled} is written before the waiting thread is woken, and
 * read again before it waits.
 */
final class PendingWrite {

    private static final byte[] NOTHING = {};

    private final byte[] entry;
    private final Thread waiter = Thread.currentThread();
    private volatile boolean settled;

    PendingWrite(byte[] entry) {
        this.entry = entry;
    }

    static PendingWrite removal() {
        return new PendingWrite(NOTHING);
    }

    byte[] entry() {
        return entry;
    }

    /** It is in the shared memory, or something later took its place. */
    void settle() {
        settled = true;
        LockSupport.unpark(waiter);
    }

    /**
     * Waits until it is settled; false where that didn't happen in time, or the thread was
     * interrupted.
     */
    boolean await(long nanos) {
        long start = System.nanoTime();
        long left = nanos;
        while (!settled && left > 0 && !Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(this, left);
            left = nanos - (System.nanoTime() - start);
        }
        return settled;
    }
}
