package dev.lockstep.cache.sharedmemory;

import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.lmdbjava.Txn;

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

    private final AtomicReferenceArray<@Nullable Txn<Bytes>> slots;

    /** @param transactions reset, at least one */
    Readers(List<Txn<Bytes>> transactions) {
        slots = new AtomicReferenceArray<>(transactions.size());
        for (int i = 0; i < transactions.size(); i++) {
            slots.set(i, transactions.get(i));
        }
    }

    /** The value of a key in the newest committed state; null where there is none. */
    byte @Nullable [] get(Table from, byte[] key) {
        int slot = ownSlot();
        for (int attempt = 0; attempt < ROUNDS * slots.length(); attempt++) {
            Txn<Bytes> transaction = take(slot);
            if (transaction != null) {
                try {
                    return read(transaction, from, key);
                } finally {
                    slots.set(slot, transaction);
                }
            }
            slot = slot + 1 == slots.length() ? 0 : slot + 1;
        }
        return null;
    }

    /**
     * Takes all transactions for good, so that no read is under way and none begins any more.
     *
     * @param mayWait asked while one is still in use
     * @return whether all of them could be closed
     */
    boolean retire(BooleanSupplier mayWait) {
        int closed = 0;
        for (int slot = 0; slot < slots.length(); slot++) {
            Txn<Bytes> transaction = take(slot);
            while (transaction == null && mayWait.getAsBoolean()) {
                Thread.onSpinWait();
                transaction = take(slot);
            }
            if (transaction != null) {
                transaction.close();
                closed++;
            }
        }
        return closed == slots.length();
    }

    private static byte @Nullable [] read(Txn<Bytes> transaction, Table from, byte[] key) {
        transaction.renew();
        try {
            return from.get(transaction, key);
        } finally {
            transaction.reset();
        }
    }

    private @Nullable Txn<Bytes> take(int slot) {
        return slots.get(slot) == null ? null : slots.getAndSet(slot, null);
    }

    private int ownSlot() {
        int hash = (int) Thread.currentThread().getId() * SPREAD;
        return (hash >>> 16) % slots.length();
    }
}
