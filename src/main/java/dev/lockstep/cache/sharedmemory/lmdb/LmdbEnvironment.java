package dev.lockstep.cache.sharedmemory.lmdb;

import static org.lmdbjava.EnvFlags.MDB_NOSUBDIR;
import static org.lmdbjava.EnvFlags.MDB_NOSYNC;
import static org.lmdbjava.EnvFlags.MDB_NOTLS;

import dev.lockstep.TokenDigest;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.lmdbjava.Dbi;
import org.lmdbjava.Env;
import org.lmdbjava.LmdbException;
import org.lmdbjava.LmdbNativeException;
import org.lmdbjava.Txn;

/**
 * An open file. Two tables in it: {@code copies}, entries by digest, and {@code expiry}, with a key
 * for each entry, made of when it expires (wall-clock milliseconds, big-endian) and its digest, so
 * that the first to expire come first.
 *
 * <p>Not mapped for writing ({@code MDB_WRITEMAP}): where the file system is full, a write to the
 * map ends the JVM by SIGBUS, while a write to the file fails. Reading beyond the end of the file
 * would do that, too: so it has its full length from the beginning, without room being taken for
 * it. No sync: the file is not read again after the machine went down.
 *
 * <p>{@link #get} may be called by any thread and takes no lock. All else is one thread's, and
 * waits for the lock that writers of all processes share; LMDB recovers it from a process that
 * dies, not from one that stands still. So each transaction is small.
 */
public final class LmdbEnvironment {

    /** Threads of this JVM that read at the same instant: a read takes a microsecond. */
    private static final int READERS = 32;

    /** Slots of all processes: enough for 64, as each takes {@value #READERS} of them. */
    private static final int ALL_READERS = 2048;

    /**
     * Four fifths of the pages may be in use: copying on write, twice a sixteenth, and old readers
     * need the others.
     */
    private static final double USABLE_SHARE = 0.8;

    /** A sixteenth: two versions of what is written must fit into the fifth that is kept free. */
    private static final int SHARE_AT_A_TIME = 16;
    /** A million reads long: a reader that takes more is suspended. */
    private static final long RETIREMENT_NANOS = TimeUnit.SECONDS.toNanos(1);

    private static final byte[] NOTHING = {};

    private final Env<NativeBytes> env;
    private final LmdbTable copies;
    private final LmdbTable expiry;
    private final LmdbReaders readers;
    private final Object identity;
    private final long maxEntries;
    private long maxPages;

    private LmdbEnvironment(
            Env<NativeBytes> env,
            LmdbTable copies,
            LmdbTable expiry,
            List<LmdbReader> readers,
            Object identity,
            long maxEntries) {
        this.env = env;
        this.copies = copies;
        this.expiry = expiry;
        this.readers = new LmdbReaders(readers);
        this.identity = identity;
        this.maxEntries = maxEntries;
        this.maxPages = (long) (USABLE_SHARE * env.info().mapSize / env.stat().pageSize);
    }

    /**
     * Opens a file that was prepared.
     *
     * @param identity what identifies it
     */
    static LmdbEnvironment open(LmdbFile file, Object identity, long maxBytes, long maxEntries) {
        NativeLibrary.load();
        Env<NativeBytes> env = Env.create(new NativeBytesProxy())
                .setMapSize(maxBytes)
                .setMaxDbs(2)
                .setMaxReaders(ALL_READERS)
                .open(file.path().toFile(), 0600, MDB_NOSUBDIR, MDB_NOSYNC, MDB_NOTLS);
        try {
            file.extend(maxBytes);
            env.readerCheck();
            LmdbTable copies = LmdbTable.open(env, "copies");
            LmdbTable expiry = LmdbTable.open(env, "expiry");
            return new LmdbEnvironment(env, copies, expiry, readers(env), identity, maxEntries);
        } catch (RuntimeException e) {
            env.close();
            throw e;
        }
    }

    private static List<LmdbReader> readers(Env<NativeBytes> env) {
        List<LmdbReader> readers = new ArrayList<>();
        try {
            while (readers.size() < READERS) {
                Txn<NativeBytes> transaction = env.txnRead();
                transaction.reset();
                readers.add(new LmdbReader(transaction));
            }
        } catch (Env.ReadersFullException e) {
            if (readers.isEmpty()) {
                throw e;
            }
        }
        return readers;
    }

    /** What identifies the file. */
    Object identity() {
        return identity;
    }

    /** How many bytes to write at a time at most, so that they find room. */
    public long mostBytes() {
        return mostBytes(env.info().mapSize);
    }

    /** How many bytes a file of this size takes at a time. */
    public static long mostBytes(long maxBytes) {
        return maxBytes / SHARE_AT_A_TIME;
    }

    /** The entry last committed by any process; null where there is none. */
    public byte @Nullable [] get(TokenDigest digest) {
        return readers.get(copies, digest);
    }

    /**
     * Writes entries; an empty one removes. Makes room for them by removing as many of the oldest,
     * if need be.
     */
    public void write(Map<TokenDigest, byte[]> entries) {
        try (Txn<NativeBytes> transaction = env.txnWrite()) {
            entries.forEach((digest, entry) -> write(transaction, digest.toBytes(), entry));
            removeFirst(transaction, Long.MAX_VALUE, Math.min(beyond(transaction), 2 * entries.size()));
            transaction.commit();
        }
    }

    /**
     * Removes entries in the order in which they expire.
     *
     * @param until only what has expired by then, by the wall clock
     * @param limit how many at most
     * @return how many were removed
     */
    public int remove(long until, int limit) {
        try (Txn<NativeBytes> transaction = env.txnWrite()) {
            int removed = removeFirst(transaction, until, limit);
            if (removed > 0) {
                transaction.commit();
            }
            return removed;
        }
    }

    /** Removes all entries. */
    public void clear() {
        try (Txn<NativeBytes> transaction = env.txnWrite()) {
            copies.clear(transaction);
            expiry.clear(transaction);
            transaction.commit();
        }
    }

    public long entries() {
        try (Txn<NativeBytes> transaction = env.txnWrite()) {
            return copies.entries(transaction);
        }
    }

    /**
     * Frees the slots of processes that died while reading, which keep old pages from being used
     * again.
     *
     * @return whether there were any
     */
    public boolean freeDeadReaders() {
        return env.readerCheck() > 0;
    }

    /**
     * To be called when a write was refused for lack of room: the file may be unable to grow to its
     * full size.
     */
    public void learnLimit() {
        maxPages = Math.min(maxPages, (long) (USABLE_SHARE * (env.info().lastPageNumber + 1)));
    }

    /** Closes the file; false where a read that is under way forbids it. */
    boolean close() {
        long start = System.nanoTime();
        boolean unused = readers.retire(() -> System.nanoTime() - start < RETIREMENT_NANOS);
        if (unused) {
            env.close();
        }
        return unused;
    }

    /** Whether the file is none of LMDB's, or not as LMDB left it. */
    public static boolean isDamage(LmdbException e) {
        return e instanceof Env.FileInvalidException
                || e instanceof Env.VersionMismatchException
                || e instanceof Dbi.IncompatibleException
                || e instanceof LmdbNativeException.PageCorruptedException
                || e instanceof LmdbNativeException.PageNotFoundException
                || e instanceof LmdbNativeException.PanicException;
    }

    /** Whether a write was refused because the file, or the file system, is full. */
    public static boolean isForLackOfRoom(LmdbException e) {
        return e instanceof Env.MapFullException
                || e instanceof Txn.TxFullException
                || e instanceof LmdbNativeException.ConstantDerivedException;
    }

    private void write(Txn<NativeBytes> transaction, byte[] key, byte[] entry) {
        byte[] before = copies.get(transaction, key);
        if (before != null) {
            expiry.delete(transaction, expiryKey(LmdbEntry.expires(before), key));
        }
        if (entry.length > 0) {
            copies.put(transaction, key, entry);
            expiry.put(transaction, expiryKey(LmdbEntry.expires(entry), key), NOTHING);
        } else if (before != null) {
            copies.delete(transaction, key);
        }
    }

    private int removeFirst(Txn<NativeBytes> transaction, long until, int limit) {
        int removed = 0;
        try (var cursor = expiry.cursor(transaction)) {
            while (removed < limit && cursor.first() && expires(cursor.key().array()) <= until) {
                copies.delete(transaction, digest(cursor.key().array()));
                cursor.delete();
                removed++;
            }
        }
        return removed;
    }

    /** How many entries are to go, by number or by the pages they take. */
    private int beyond(Txn<NativeBytes> transaction) {
        boolean tooManyPages = pages(transaction) > maxPages;
        long tooMany = copies.entries(transaction) - maxEntries;
        return tooManyPages ? Integer.MAX_VALUE : (int) Math.max(0, Math.min(Integer.MAX_VALUE, tooMany));
    }

    private long pages(Txn<NativeBytes> transaction) {
        return copies.pages(transaction) + expiry.pages(transaction);
    }

    private static byte[] expiryKey(long expires, byte[] key) {
        return ByteBuffer.allocate(Long.BYTES + key.length)
                .putLong(expires)
                .put(key)
                .array();
    }

    private static byte[] digest(byte[] expiryKey) {
        return Arrays.copyOfRange(expiryKey, Long.BYTES, expiryKey.length);
    }

    private static long expires(byte[] expiryKey) {
        return expiryKey.length < Long.BYTES ? 0 : ByteBuffer.wrap(expiryKey).getLong();
    }
}
