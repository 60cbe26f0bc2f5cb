package dev.lockstep.cache.sharedmemory.lmdb;

import java.lang.ref.Reference;
import org.jspecify.annotations.Nullable;
import org.lmdbjava.Cursor;
import org.lmdbjava.Dbi;
import org.lmdbjava.DbiFlags;
import org.lmdbjava.Env;
import org.lmdbjava.Stat;
import org.lmdbjava.Txn;

/**
 * A table of a {@link LmdbEnvironment}: arrays by arrays. Thread-safe as far as its transactions
 * are.
 */
final class LmdbTable {

    private final Dbi<NativeBytes> dbi;

    private LmdbTable(Dbi<NativeBytes> dbi) {
        this.dbi = dbi;
    }

    static LmdbTable open(Env<NativeBytes> env, String name) {
        return new LmdbTable(env.openDbi(name, DbiFlags.MDB_CREATE));
    }

    byte @Nullable [] get(Txn<NativeBytes> transaction, byte[] key) {
        return get(transaction, new NativeBytes(key));
    }

    byte @Nullable [] get(Txn<NativeBytes> transaction, NativeBytes key) {
        try {
            NativeBytes found = dbi.get(transaction, key);
            return found == null ? null : found.array();
        } finally {
            Reference.reachabilityFence(key);
        }
    }

    void put(Txn<NativeBytes> transaction, byte[] key, byte[] value) {
        NativeBytes under = new NativeBytes(key);
        NativeBytes what = new NativeBytes(value);
        try {
            dbi.put(transaction, under, what);
        } finally {
            Reference.reachabilityFence(under);
            Reference.reachabilityFence(what);
        }
    }

    void delete(Txn<NativeBytes> transaction, byte[] key) {
        NativeBytes what = new NativeBytes(key);
        try {
            dbi.delete(transaction, what);
        } finally {
            Reference.reachabilityFence(what);
        }
    }

    void clear(Txn<NativeBytes> transaction) {
        dbi.drop(transaction);
    }

    Cursor<NativeBytes> cursor(Txn<NativeBytes> transaction) {
        return dbi.openCursor(transaction);
    }

    long entries(Txn<NativeBytes> transaction) {
        return dbi.stat(transaction).entries;
    }

    long pages(Txn<NativeBytes> transaction) {
        Stat stat = dbi.stat(transaction);
        return stat.branchPages + stat.leafPages + stat.overflowPages;
    }
}
