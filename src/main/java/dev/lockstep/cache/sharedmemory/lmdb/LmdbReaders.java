package dev.lockstep.cache.sharedmemory.lmdb;

import dev.lockstep.TokenDigest;
import dev.lockstep.concurrent.TryLocks;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Read transactions that were begun beforehand and only need to be renewed. To begin one takes a
 * lock that all processes share, and whoever is stopped while holding it stops everybody; to renew
 * one takes none, and is quicker.
 *
 * <p>Thread-safe: a reader belongs to whoever has taken its flag. Each thread begins at a reader of
 * its own, so that threads seldom meet. A read takes a microsecond, so that all readers are taken
 * only where a machine is overloaded; a thread that finds none after several rounds gives up, and
 * that is a miss.
 */
final class LmdbReaders {

    /** Some microseconds of trying, less than asking the store. */
    private static final int ROUNDS = 8;
    /** 2^32 divided by the golden ratio: spreads consecutive thread numbers. */
    private static final int SPREAD = 0x9E3779B9;

    private final LmdbReader[] readers;
    private final TryLocks inUse;

    /** @param readers at least one */
    LmdbReaders(List<LmdbReader> readers) {
        this.readers = readers.toArray(LmdbReader[]::new);
        this.inUse = new TryLocks(readers.size());
    }

    /** The value of a digest in the newest committed state; null where there is none. */
    byte @Nullable [] get(LmdbTable from, TokenDigest digest) {
        int next = own();
        for (int attempt = 0; attempt < ROUNDS * readers.length; attempt++) {
            if (inUse.tryLock(next)) {
                try {
                    return readers[next].get(from, digest);
                } finally {
                    inUse.unlock(next);
                }
            }
            next = next + 1 == readers.length ? 0 : next + 1;
        }
        return null;
    }

    /**
     * Takes all of them for good, so that no read is under way and none begins any more.
     *
     * @param mayWait asked while one is still in use
     * @return whether all of them could be closed
     */
    boolean retire(BooleanSupplier mayWait) {
        int closed = 0;
        for (int i = 0; i < readers.length; i++) {
            boolean ours = inUse.tryLock(i);
            while (!ours && mayWait.getAsBoolean()) {
                Thread.onSpinWait();
                ours = inUse.tryLock(i);
            }
            if (ours) {
                readers[i].close();
                closed++;
            }
        }
        return closed == readers.length;
    }

    /** Where this thread begins. */
    private int own() {
        int hash = (int) Thread.currentThread().getId() * SPREAD;
        return (hash >>> 16) % readers.length;
    }
}
