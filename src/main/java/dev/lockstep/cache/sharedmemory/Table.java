package dev.lockstep.cache.sharedmemory;

import java.lang.ref.Reference;
import org.jspecify.annotations.Nullable;
import org.lmdbjava.Cursor;
import org.lmdbjava.Dbi;
import org.lmdbjava.DbiFlags;
import org.lmdbjava.Env;
import org.lmdbjava.Stat;
import org.lmdbjava.Txn;

/** A table of a {@link Region}: arrays by arrays. Thread-safe as far as its transactions are. */
final class Table {

    private final Dbi<Bytes> dbi;

    private Table(Dbi<Bytes> dbi) {
        this.dbi = dbi;
    }

    static Table open(Env<Bytes> env, String name) {
        return new Table(env.openDbi(name, DbiFlags.MDB_CREATE));
    }

    byte @Nullable [] get(Txn<Bytes> transaction, byte[] key) {
        return get(transaction, new Bytes(key));
    }

    byte @Nullable [] get(Txn<Bytes> transaction, Bytes key) {
        try {
            Bytes found = dbi.get(transaction, key);
            return found == null ? null : found.array();
        } finally {
            Reference.reachabilityFence(key);
        }
    }

    void put(Txn<Bytes> transaction, byte[] key, byte[] value) {
        Bytes under = new Bytes(key);
        Bytes what = new Bytes(value);
        try {
            dbi.put(transaction, under, what);
        } finally {
            Reference.reachabilityFence(under);
            Reference.reachabilityFence(what);
        }
    }

    void delete(Txn<Bytes> transaction, byte[] key) {
        Bytes what = new Bytes(key);
        try {
            dbi.delete(transaction, what);
        } finally {
            Reference.reachabilityFence(what);
        }
    }

    void clear(Txn<Bytes> transaction) {
        dbi.drop(transaction);
    }

    Cursor<Bytes> cursor(Txn<Bytes> transaction) {
        return dbi.openCursor(transaction);
    }

    long entries(Txn<Bytes> transaction) {
        return dbi.stat(transaction).entries;
    }

    long pages(Txn<Bytes> transaction) {
        Stat stat = dbi.stat(transaction);
        return stat.branchPages + stat.leafPages + stat.overflowPages;
    }
}
