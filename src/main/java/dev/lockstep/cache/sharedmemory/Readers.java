package dev.lockstep.cache.sharedmemory;

import dev.lockstep.TokenDigest;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Read transactions that were begun beforehand and only need to be renewed. To begin one takes a lock that all processes
 * share, and whoever is stopped while holding it stops everybody; to renew one takes none, and is quicker.
 *
 * <p>Thread-safe: a transaction is in its slot or with one thread; {@code getAndSet} hands it over, and with it all that
 * its last user did. Each thread begins at a slot of its own, so that threads seldom meet. A read takes a microsecond, so
 * that all slots are taken only where a machine is overrun; a thread that finds none after several rounds gives up, and
 * that is a miss.
 */
final class Readers {

    private static final int ROUNDS = 8;
    private static final int SPREAD = 0x9E3779B9;

    private final AtomicReferenceArray<@Nullable Reader> slots;

    /** @param readers at least one */
    Readers(List<Reader> readers) {
        slots = new AtomicReferenceArray<>(readers.toArray(Reader[]::new));
    }

    /** The value of a digest in the newest committed state; null where there is none. */
    byte @Nullable [] get(Table from, TokenDigest digest) {
        int slot = ownSlot();
        for (int attempt = 0; attempt < ROUNDS * slots.length(); attempt++) {
            Reader reader = take(slot);
            if (reader != null) {
                try {
                    return reader.get(from, digest);
                } finally {
                    slots.set(slot, reader);
                }
            }
            slot = slot + 1 == slots.length() ? 0 : slot + 1;
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
        for (int slot = 0; slot < slots.length(); slot++) {
            Reader reader = take(slot);
            while (reader == null && mayWait.getAsBoolean()) {
                Thread.onSpinWait();
                reader = take(slot);
            }
            if (reader != null) {
                reader.close();
                closed++;
            }
        }
        return closed == slots.length();
    }

    private @Nullable Reader take(int slot) {
        return slots.get(slot) == null ? null : slots.getAndSet(slot, null);
    }

    private int ownSlot() {
        int hash = (int) Thread.currentThread().getId() * SPREAD;
        return (hash >>> 16) % slots.length();
    }
}
