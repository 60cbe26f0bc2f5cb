package dev.lockstep.revocation;

import dev.lockstep.LogPosition;
import dev.lockstep.spi.NodeClock;
import dev.lockstep.spi.RevocationLog;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Trims the revocation log, up to a place that this node itself saw committed long enough ago that every lease granted
 * before is over. Judged by this node's monotonic clock, so that no clock that jumps can make it trim too early.
 *
 * <p>Confined to one thread. Every node does this; a second one finds the rows gone. A log that does not grow costs no
 * statement.
 */
final class Trimmer {

    /** Far longer than 1.25 times the longest lease that can be configured. */
    static final Duration RETENTION = Duration.ofMinutes(10);

    private static final Logger LOG = System.getLogger(Trimmer.class.getName());

    private final RevocationLog log;
    private final Supplier<LogPosition> applied;
    private final NodeClock clock;
    private final Deque<Seen> seen = new ArrayDeque<>();
    private LogPosition trimmed = new LogPosition(0, 0);

    Trimmer(RevocationLog log, Supplier<LogPosition> applied, NodeClock clock) {
        this.log = log;
        this.applied = applied;
        this.clock = clock;
    }

    /** To be called about once a minute. Never throws. */
    void tick() {
        LogPosition now = applied.get();
        seen.removeIf(earlier -> earlier.position.epoch() != now.epoch());
        seen.addLast(new Seen(now, clock.nanoTime()));
        LogPosition old = newestOlderThanRetention();
        if (old != null && !old.equals(trimmed)) {
            trim(old);
        }
    }

    private @Nullable LogPosition newestOlderThanRetention() {
        long nanos = clock.nanoTime();
        LogPosition old = null;
        while (!seen.isEmpty() && nanos - seen.getFirst().nanos >= RETENTION.toNanos()) {
            old = seen.removeFirst().position;
        }
        return old;
    }

    private void trim(LogPosition upTo) {
        try {
            log.trim(upTo);
            trimmed = upTo;
        } catch (RuntimeException e) {
            LOG.log(Level.DEBUG, "The revocation log could not be trimmed; the next attempt is a minute away.", e);
        }
    }

    private record Seen(LogPosition position, long nanos) {}
}
