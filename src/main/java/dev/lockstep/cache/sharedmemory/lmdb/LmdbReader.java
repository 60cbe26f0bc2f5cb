package dev.lockstep.cache.sharedmemory.lmdb;

import dev.lockstep.TokenDigest;
import org.jspecify.annotations.Nullable;
import org.lmdbjava.Txn;

/**
 * A read transaction that was begun beforehand, and native memory for the keys that it is asked
 * for. One thread's at a time.
 */
final class LmdbReader implements AutoCloseable {

    private final Txn<NativeBytes> transaction;
    private final NativeBytes key = new NativeBytes(new byte[TokenDigest.LENGTH]);

    /** @param transaction reset */
    LmdbReader(Txn<NativeBytes> transaction) {
        this.transaction = transaction;
    }

    /** The value of a digest in the newest committed state; null where there is none. */
    byte @Nullable [] get(LmdbTable from, TokenDigest digest) {
        key.replace(digest.toBytes());
        transaction.renew();
        try {
            return from.get(transaction, key);
        } finally {
            transaction.reset();
        }
    }

    @Override
    public void close() {
        transaction.close();
    }
}
