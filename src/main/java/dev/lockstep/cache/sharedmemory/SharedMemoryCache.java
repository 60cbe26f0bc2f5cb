package dev.lockstep.cache.sharedmemory;

import dev.lockstep.CacheException;
import dev.lockstep.LockstepException;
import dev.lockstep.SessionCopy;
import dev.lockstep.TokenDigest;
import dev.lockstep.cache.sharedmemory.lmdb.LmdbEntry;
import dev.lockstep.cache.sharedmemory.lmdb.LmdbEnvironment;
import dev.lockstep.cache.sharedmemory.lmdb.LmdbFile;
import dev.lockstep.cache.sharedmemory.lmdb.LmdbOpener;
import dev.lockstep.redaction.RootCause;
import dev.lockstep.spi.CacheContext;
import dev.lockstep.spi.CopySeal;
import dev.lockstep.spi.ExpiringCache;
import dev.lockstep.spi.LocalCache;
import dev.lockstep.spi.NodeClock;
import dev.lockstep.spi.TimedCache;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.lmdbjava.LmdbException;

/**
 * Copies in memory that the JVMs of one machine share, in an LMDB file per application: keyed by
 * digest, each with the sealed copy and its time to live ({@link LmdbEntry},
 * {@link LmdbEnvironment}, {@link LmdbFile}).
 *
 * <p><b>Reading</b> takes no lock and makes no system call: nobody can hold it up. It sees what
 * this JVM put at once, and what others put when their call has returned.
 *
 * <p><b>Writing</b> is done by one thread in the background ({@link LmdbWriter}), because writers
 * of all processes take turns, and LMDB waits without a limit for one that is stopped in its turn.
 * {@code put}, {@code invalidate} and {@code clear} leave their work in {@link PendingWrites} and
 * wait until it is done, so that other JVMs see it, but no longer than the configured time-out; and
 * while the background thread is known to stand still, they don't wait at all. This JVM then goes
 * on with what it reads and what is pending, and drops what does not fit.
 *
 * <p><b>Failure.</b> A process that dies leaves nothing behind: LMDB's lock passes on, an
 * unfinished write was never seen, and the slots of dead readers are freed. A full file loses its
 * oldest entries; what is larger than a sixteenth of it is not kept. While no file is open, every
 * operation throws. Entries that are damaged, or that the seal does not open, are misses, and go
 * when they are replaced or expire.
 *
 * <p>Thread-safe.
 */
final class SharedMemoryCache extends ExpiringCache implements TimedCache, LocalCache, AutoCloseable {

    /** How much may be pending: at half a kilobyte for an entry, four megabytes. */
    private static final int MAX_PENDING = 8_192;

    /**
     * Opening and the last writes take milliseconds, unless another process is stopped in its turn.
     */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final CopySeal seal;
    private final NodeClock clock;
    private final long mostBytes;
    private final PendingWrites pending;
    private final LmdbWriter writer;
    private volatile boolean closed;

    SharedMemoryCache(CopySeal seal, NodeClock clock, long mostBytes, PendingWrites pending, LmdbWriter writer) {
        this.seal = seal;
        this.clock = clock;
        this.mostBytes = mostBytes;
        this.pending = pending;
        this.writer = writer;
    }

    /**
     * Opens the cache, whether or not its file can be opened now.
     *
     * @throws LockstepException if the file could be written by others, or there is no native
     *     library for this machine
     */
    static SharedMemoryCache open(SharedMemorySettings settings, CacheContext context) {
        LmdbOpener opener =
                new LmdbOpener(settings.folder(), context.application(), settings.maxBytes(), context.maxEntries());
        PendingWrites pending = new PendingWrites(MAX_PENDING, context.timeout());
        LmdbWriter writer = new LmdbWriter(opener, pending, context.clock());
        SharedMemoryCache cache = new SharedMemoryCache(
                context.seal(), context.clock(), LmdbEnvironment.mostBytes(settings.maxBytes()), pending, writer);
        writer.start(PATIENCE);
        return cache;
    }

    @Override
    public boolean isLocal() {
        return true;
    }

    @Override
    public @Nullable SessionCopy get(TokenDigest digest) {
        TimedCopy kept = getTimed(digest);
        return kept == null || kept.hasExpired(clock.nanoTime(), clock.wallMillis()) ? null : kept.copy();
    }

    @Override
    public @Nullable TimedCopy getTimed(TokenDigest digest) {
        byte[] entry = pending.get(digest);
        if (entry == null) {
            entry = readEnvironment(digest);
        }
        return entry == null || entry.length == 0 ? null : LmdbEntry.decode(entry, digest, seal);
    }

    @Override
    protected void keep(SessionCopy copy, Duration timeToLive) {
        byte[] sealed = seal.seal(copy);
        if (sealed != null) {
            leave(copy.digest(), write(sealed, timeToLive));
        }
    }

    @Override
    public void invalidate(TokenDigest digest) {
        leave(digest, PendingWrite.removal());
    }

    @Override
    public void clear() {
        openEnvironment();
        PendingWrite clear = PendingWrite.removal();
        pending.addClear(clear);
        finish(clear);
    }

    @Override
    public void close() {
        closed = true;
        writer.end(PATIENCE);
    }

    private byte @Nullable [] readEnvironment(TokenDigest digest) {
        LmdbEnvironment environment = openEnvironment();
        try {
            return environment.get(digest);
        } catch (LmdbException e) {
            if (LmdbEnvironment.isDamage(e)) {
                writer.report(environment);
            }
            throw new CacheException("LOCKSTEP-0359 The shared memory could not be read: " + RootCause.of(e), e);
        }
    }

    private PendingWrite write(byte[] sealed, Duration timeToLive) {
        byte[] entry = LmdbEntry.encode(sealed, timeToLive, clock);
        return entry.length <= mostBytes ? new PendingWrite(entry) : PendingWrite.removal();
    }

    private void leave(TokenDigest digest, PendingWrite write) {
        openEnvironment();
        if (pending.add(digest, write)) {
            finish(write);
        }
    }

    private void finish(PendingWrite write) {
        writer.wake();
        pending.await(write);
    }

    private LmdbEnvironment openEnvironment() {
        LmdbEnvironment environment = writer.environment();
        if (environment == null || closed) {
            throw new CacheException("LOCKSTEP-0355 The shared memory is not open: " + writer.whyClosed(), null);
        }
        return environment;
    }
}
