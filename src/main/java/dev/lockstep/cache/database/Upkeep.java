package dev.lockstep.cache.database;

import dev.lockstep.concurrent.Recurring;
import dev.lockstep.redaction.Redaction;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Sweeps the table in the background: every 30 seconds, and whenever this node has put a tenth of
 * what the table may hold, so that it exceeds its bound by no more than a tenth per node. A sweep
 * that fails is made up for by the next.
 *
 * <p>Thread-safe; {@code sweeping} lets one sweep run or wait to run at a time.
 */
final class Upkeep implements AutoCloseable {

    private static final Logger LOG = System.getLogger(Upkeep.class.getName());
    private static final String SWEEPING = "The sweeping of a cache's table";
    /** Short beside the copies' time to live, so that few expired rows count against the bound. */
    private static final Duration PERIOD = Duration.ofSeconds(30);

    /**
     * So that SQLite's log is cleared up before a request has to: a write changes some five pages
     * (an estimate).
     */
    private static final long MAX_WRITES = 2_000;

    private final CacheTable table;
    private final long maxEntries;
    private final long writesPerSweep;
    private final ScheduledExecutorService scheduler;
    private final AtomicLong writes = new AtomicLong();
    private final AtomicBoolean sweeping = new AtomicBoolean();
    private final Recurring sweep = Recurring.of(SWEEPING, this::sweep);
    private volatile @Nullable Future<?> periodic;

    Upkeep(CacheTable table, long maxEntries, ScheduledExecutorService scheduler) {
        this.table = table;
        this.maxEntries = maxEntries;
        this.writesPerSweep = Math.max(1, Math.min(MAX_WRITES, maxEntries / 10));
        this.scheduler = scheduler;
    }

    void start() {
        periodic = Recurring.of(SWEEPING, this::trigger).every(PERIOD, scheduler);
    }

    /** Counts a row that this node has put. */
    void wrote() {
        if (writes.incrementAndGet() >= writesPerSweep) {
            trigger();
        }
    }

    @Override
    public void close() {
        Future<?> task = periodic;
        if (task != null) {
            task.cancel(false);
        }
    }

    private void trigger() {
        if (sweeping.compareAndSet(false, true)) {
            try {
                scheduler.execute(sweep);
            } catch (RejectedExecutionException e) {
                sweeping.set(false);
            }
        }
    }

    private void sweep() {
        writes.set(0);
        sweeping.set(false);
        try {
            table.sweep(maxEntries);
        } catch (SQLException | RuntimeException e) {
            LOG.log(
                    Level.DEBUG,
                    "The cache's table could not be swept; the next sweep makes up for it.",
                    Redaction.cause(e, ""));
        }
    }
}
