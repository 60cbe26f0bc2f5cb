package dev.lockstep.cache.sharedmemory;

import dev.lockstep.LockstepException;
import dev.lockstep.TokenDigest;
import dev.lockstep.cache.file.UnsafeFileException;
import dev.lockstep.cache.sharedmemory.lmdb.LmdbEnvironment;
import dev.lockstep.cache.sharedmemory.lmdb.LmdbOpener;
import dev.lockstep.concurrent.Recurring;
import dev.lockstep.redaction.RootCause;
import dev.lockstep.spi.NodeClock;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.lmdbjava.LmdbException;

/**
 * The one thread of this JVM that opens, writes, sweeps and closes the shared memory.
 *
 * <p>It is a thread of its own, not one of the container's, because LMDB waits for other processes
 * without a time limit: if one is stopped in the middle of a write, this thread stands still until
 * it goes on or dies, and nothing else does.
 *
 * <p>Once a second it sweeps what has expired, and looks whether the file is still the one that has
 * its name: if not, it opens the new one, as every other process does. A file that fails is closed
 * and opened again; one that stays full whatever is removed (a stopped reader keeps every page from
 * being used again) or is damaged is replaced.
 *
 * <p>{@code environment} is written by this thread alone and read by all; it is set to null before
 * the file is closed, and closing waits for reads that are under way.
 */
final class LmdbWriter implements Runnable {

    private static final Logger LOG = System.getLogger(LmdbWriter.class.getName());

    /** Entries of one transaction: others wait for it less than a millisecond. */
    private static final int BATCH = 64;
    /** How long a replaced file goes unnoticed; sweeping more often frees no more. */
    private static final long TICK_NANOS = TimeUnit.SECONDS.toNanos(1);
    /** The check looks up each process of the reader table: too expensive to do every second. */
    private static final int TICKS_PER_READER_CHECK = 10;
    /** An eighth of the entries: enough that a full file is not full again at once. */
    private static final int SHARE_TO_EVICT = 8;
    /** All that may be pending, and half as much again. */
    private static final int MAX_BATCHES_AT_END = 200;

    private final LmdbOpener opener;
    private final PendingWrites pending;
    private final NodeClock clock;
    private final Thread thread;
    private final CompletableFuture<LmdbWriter> firstAttempt = new CompletableFuture<>();
    private volatile @Nullable LmdbEnvironment environment;
    private volatile String whyClosed = "it is being opened";
    private volatile @Nullable LmdbEnvironment damaged;
    private volatile boolean ending;
    private long nextTick = System.nanoTime();
    private long ticks;

    LmdbWriter(LmdbOpener opener, PendingWrites pending, NodeClock clock) {
        this.opener = opener;
        this.pending = pending;
        this.clock = clock;
        this.thread = new Thread(this, "lockstep-shared-memory");
        thread.setDaemon(true);
    }

    /**
     * Starts, and waits a while for the first attempt to open the file.
     *
     * @throws LockstepException if it was such that no further attempt can do better
     */
    void start(Duration patience) {
        thread.start();
        try {
            var unused = firstAttempt.get(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            end(Duration.ZERO);
            throw e.getCause() instanceof LockstepException fatal
                    ? fatal
                    : new LockstepException("LOCKSTEP-0354 " + opener + " can't be opened: " + e.getCause(), e);
        } catch (TimeoutException e) {
            warn("nothing is heard of it for " + patience + "; is a process that uses it stopped?");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The open file, or null where there is none. */
    @Nullable
    LmdbEnvironment environment() {
        return environment;
    }

    String whyClosed() {
        return whyClosed;
    }

    /** Says that a read found an open file damaged. */
    void report(LmdbEnvironment found) {
        damaged = found;
        wake();
    }

    /** Says that something is pending. */
    void wake() {
        LockSupport.unpark(thread);
    }

    /**
     * Writes what is pending, closes the file and ends, unless that takes too long; then it does so
     * when it can.
     */
    void end(Duration patience) {
        ending = true;
        wake();
        try {
            thread.join(Math.max(1, patience.toMillis()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (thread.isAlive()) {
            LOG.log(
                    Level.WARNING,
                    "LOCKSTEP-0356 " + opener
                            + " is not closed yet: another process holds its lock, and may be stopped."
                            + " It is closed as soon as that process goes on or ends." + opener.context());
        }
    }

    @Override
    public void run() {
        Recurring turns = Recurring.of("The writing of the shared memory", this::turn);
        while (!ending) {
            turns.run();
        }
        writeTheLast();
        close("the application has ended");
    }

    private void turn() {
        try {
            work();
        } catch (LmdbException e) {
            if (LmdbEnvironment.isDamage(e)) {
                replaceDamaged(RootCause.of(e));
            } else {
                close("it failed: " + RootCause.of(e));
                LOG.log(Level.DEBUG, () -> opener + " failed and is opened again.", e);
            }
        } catch (RuntimeException | Error e) {
            close("it failed: " + e);
            firstAttempt.completeExceptionally(e);
            LOG.log(Level.WARNING, "LOCKSTEP-0357 " + opener + " failed and is opened again." + opener.context(), e);
        }
    }

    private void work() {
        LmdbEnvironment found = damaged;
        if (found != null) {
            damaged = null;
            if (found == environment) {
                replaceDamaged("a page of it can't be read");
            }
        }
        long untilTick = nextTick - System.nanoTime();
        if (untilTick <= 0) {
            nextTick = System.nanoTime() + TICK_NANOS;
            tick();
        } else if (environment == null || pending.isEmpty()) {
            LockSupport.parkNanos(this, untilTick);
        } else {
            write();
        }
    }

    private void tick() {
        LmdbEnvironment current = environment;
        if (current == null) {
            open();
        } else if (!opener.isStillThere(current)) {
            close("its file was deleted or replaced");
            open();
        } else if (!opener.isWhole()) {
            replaceDamaged("its file was cut short");
        } else {
            sweep(current);
        }
    }

    /** Unless another process has done so already: then its file is opened. */
    private void replaceDamaged(String why) {
        LmdbEnvironment current = environment;
        boolean ours = current != null && opener.isStillThere(current);
        close("it was damaged");
        if (ours) {
            opener.tellOfDamage(why);
            opener.delete();
        }
        open();
    }

    private void open() {
        try {
            environment = opener.open();
            firstAttempt.complete(this);
        } catch (UnsafeFileException e) {
            failedToOpen(
                    e,
                    new LockstepException(
                            "LOCKSTEP-0350 " + opener + " is not safe to use: " + e.getMessage()
                                    + ". Its folder is lockstep.shared-memory.path.",
                            e));
        } catch (UnsatisfiedLinkError | NoClassDefFoundError | ExceptionInInitializerError e) {
            failedToOpen(e, opener.noNativeLibrary(e));
        } catch (IOException | LmdbException e) {
            failedToOpen(e, null);
        }
    }

    private void failedToOpen(Throwable cause, @Nullable LockstepException fatal) {
        whyClosed = RootCause.of(cause);
        if (firstAttempt.isDone()) {
            LOG.log(Level.DEBUG, () -> opener + " can't be opened.", cause);
        } else if (fatal == null) {
            warn(whyClosed);
            firstAttempt.complete(this);
        } else {
            firstAttempt.completeExceptionally(fatal);
        }
    }

    private void warn(String why) {
        LOG.log(
                Level.WARNING,
                "LOCKSTEP-0351 " + opener + " can't be used yet; the store is asked instead, until it can: " + why + "."
                        + opener.context());
    }

    private void close(String why) {
        whyClosed = why;
        LmdbEnvironment current = environment;
        environment = null;
        if (current != null) {
            opener.close(current);
        }
    }

    private void sweep(LmdbEnvironment current) {
        if (++ticks % TICKS_PER_READER_CHECK == 0) {
            current.freeDeadReaders();
        }
        removeExpired(current);
    }

    private void removeExpired(LmdbEnvironment current) {
        int removed = BATCH;
        while (removed == BATCH && !ending) {
            removed = current.remove(clock.wallMillis(), BATCH);
        }
    }

    private void writeTheLast() {
        try {
            for (int i = 0; i < MAX_BATCHES_AT_END && environment != null && !pending.isEmpty(); i++) {
                write();
            }
        } catch (RuntimeException e) {
            LOG.log(Level.DEBUG, () -> opener + " failed at its end.", e);
        }
    }

    private void write() {
        LmdbEnvironment current = environment;
        if (current == null) {
            return;
        }
        PendingWrite clear = pending.clear();
        if (clear != null) {
            withRoom(current, LmdbEnvironment::clear);
            pending.settleClear(clear);
        }
        Map<TokenDigest, PendingWrite> batch = pending.batch(BATCH, current.mostBytes());
        Map<TokenDigest, byte[]> entries = new LinkedHashMap<>();
        batch.forEach((digest, write) -> entries.put(digest, write.entry()));
        withRoom(current, it -> it.write(entries));
        pending.settle(batch);
    }

    /**
     * Tries; then again without what the dead held, then after having removed entries, then with a
     * new file.
     */
    private void withRoom(LmdbEnvironment current, Step step) {
        boolean done = fits(current, step)
                || (current.freeDeadReaders() && fits(current, step))
                || (makesRoom(current) && fits(current, step));
        if (!done) {
            step.on(replace());
        }
    }

    private static boolean fits(LmdbEnvironment environment, Step step) {
        try {
            step.on(environment);
            return true;
        } catch (LmdbException e) {
            if (LmdbEnvironment.isForLackOfRoom(e)) {
                return false;
            }
            throw e;
        }
    }

    /** Whether entries could be removed: that too needs pages. */
    private boolean makesRoom(LmdbEnvironment current) {
        return fits(current, this::makeRoom);
    }

    private void makeRoom(LmdbEnvironment current) {
        current.learnLimit();
        removeExpired(current);
        long left = Math.max(BATCH, current.entries() / SHARE_TO_EVICT);
        int removed = BATCH;
        while (removed == BATCH && left > 0) {
            removed = current.remove(Long.MAX_VALUE, BATCH);
            left -= removed;
        }
    }

    private LmdbEnvironment replace() {
        LOG.log(Level.DEBUG, () -> opener + " is full and nothing can be removed from it; a new one is made.");
        close("its file is replaced");
        opener.delete();
        open();
        LmdbEnvironment fresh = environment;
        if (fresh == null) {
            throw new IllegalStateException("it was to be replaced: " + whyClosed);
        }
        return fresh;
    }

    private interface Step {
        void on(LmdbEnvironment environment);
    }
}
