package dev.lockstep.concurrent;

import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * Flags for things that are one thread's at a time, such as buffers: a thing belongs to whoever has
 * taken its flag. Whoever takes a flag sees all that its last holder did before releasing it. Flags
 * rather than references to the things are exchanged, since the garbage collector need not know of
 * them; each has a cache line of its own, so that threads with different ones don't meet.
 *
 * <p>Thread-safe; never blocks. Only who holds a flag may release it.
 */
public final class TryLocks {

    private static final int CACHE_LINE = 64 / Integer.BYTES;

    private final AtomicIntegerArray taken;

    /** @param number how many, at least one; none is taken */
    public TryLocks(int number) {
        taken = new AtomicIntegerArray(number * CACHE_LINE);
    }

    /**
     * Takes a flag, if it is free.
     *
     * @param flag from 0 on
     * @return whether it is the caller's now
     */
    public boolean tryLock(int flag) {
        int index = flag * CACHE_LINE;
        return taken.get(index) == 0 && taken.getAndSet(index, 1) == 0;
    }

    /** Gives a flag back that the caller has taken. */
    public void unlock(int flag) {
        taken.setRelease(flag * CACHE_LINE, 0);
    }
}
