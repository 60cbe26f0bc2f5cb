package dev.lockstep.cache.sharedmemory;

import dev.lockstep.TokenDigest;
import java.util.List;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Read transactions that were begun beforehand and only need to be renewed. To begin one takes a lock that all processes
 * share, and whoever is stopped while holding it stops everybody; to renew one takes none, and is quicker.
 *
 * <p>Thread-safe: a reader belongs to whoever has set its flag, and giving the flag back hands on all that its last user
 * did. Flags rather than references are exchanged, since the garbage collector need not know of them; each has a cache
 * line of its own. Each thread begins at a reader of its own, so that threads seldom meet. A read takes a microsecond, so
 * that all readers are taken only where a machine is overrun; a thread that finds none after several rounds gives up, and
 * that is a miss.
 */
final class Readers {

    private static final int ROUNDS = 8;
    private static final int SPREAD = 0x9E3779B9;
    private static final int CACHE_LINE = 16;

    private final Reader[] readers;
    private final AtomicIntegerArray taken;

    /** @param readers at least one */
    Readers(List<Reader> readers) {
        this.readers = readers.toArray(Reader[]::new);
        this.taken = new AtomicIntegerArray(readers.size() * CACHE_LINE);
    }

    /** The value of a digest in the newest committed state; null where there is none. */
    byte @Nullable [] get(Table from, TokenDigest digest) {
        int own = own();
        for (int attempt = 0; attempt < ROUNDS * readers.length; attempt++) {
            if (take(own)) {
                try {
                    return readers[own].get(from, digest);
                } finally {
                    taken.setRelease(own * CACHE_LINE, 0);
                }
            }
            own = own + 1 == readers.length ? 0 : own + 1;
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
            boolean ours = take(i);
            while (!ours && mayWait.getAsBoolean()) {
                Thread.onSpinWait();
                ours = take(i);
            }
            if (ours) {
                readers[i].close();
                closed++;
            }
        }
        return closed == readers.length;
    }

    private boolean take(int reader) {
        int flag = reader * CACHE_LINE;
        return taken.get(flag) == 0 && taken.getAndSet(flag, 1) == 0;
    }

    /** Where this thread begins. */
    private int own() {
        int hash = (int) Thread.currentThread().getId() * SPREAD;
        return (hash >>> 16) % readers.length;
    }
}
