package dev.lockstep.concurrent;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Things that take long to make and are one thread's at a time, such as digests, each lent for one
 * use. A few are kept; a thread that finds its own in use by another gets a new one for this once.
 * So their number is bounded however many threads there are, virtual ones too, and none outlives
 * its owner.
 *
 * <p>Thread-safe; never blocks. A thing belongs to whoever has taken its flag, also to make it. One
 * whose use has thrown is not lent again.
 *
 * @param <T> what is lent
 */
public final class Lent<T> {

    /** More than the threads that a machine runs at once; a power of two, for the mask. */
    private static final int SLOTS = 64;

    private final Supplier<T> maker;
    private final TryLocks inUse = new TryLocks(SLOTS);
    private final @Nullable Object[] things = new @Nullable Object[SLOTS];

    /** @param maker makes one; called by any thread */
    public Lent(Supplier<T> maker) {
        this.maker = maker;
    }

    /** What is done with a thing; keeps no reference to it. */
    public interface Use<T, A, R> {
        R apply(T thing, A argument);
    }

    /** Uses a thing; a use that captures nothing allocates nothing. */
    public <A, R> R use(A argument, Use<? super T, A, R> use) {
        int slot = (int) (Thread.currentThread().getId() & (SLOTS - 1));
        if (!inUse.tryLock(slot)) {
            return use.apply(maker.get(), argument);
        }
        R result = use.apply(own(slot), argument);
        inUse.unlock(slot);
        return result;
    }

    @SuppressWarnings("unchecked") // nothing else is put there
    private T own(int slot) {
        Object thing = things[slot];
        if (thing == null) {
            thing = maker.get();
            things[slot] = thing;
        }
        return (T) thing;
    }
}
