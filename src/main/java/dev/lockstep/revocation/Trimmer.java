package dev.lockstep.revocation;

import dev.lockstep.spi.LogPosition;
import dev.lockstep.spi.NodeClock;
import dev.lockstep.spi.RevocationLog;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.function.Supplier;

/**
 * Trims the revocation log, up to a place that this node itself saw committed
 * {@linkplain SeenLongAgo so long ago} that every lease granted before is over.
 *
 * <p>So what is trimmed is true on every node, whether or not anybody waited for it: a lease that
 * runs now was granted by a poll that read it, or that found the floor raised beyond it. A call
 * that comes back to a revocation whose rows are gone, since its first answer was lost, finds
 * nothing of the session, nor of tokens that it had before; it has nothing to wait for but what it
 * announces itself.
 *
 * <p>Confined to one thread. A place in another epoch than the log's trims nothing. Every node does
 * this; a second one finds the rows gone. A log that does not grow costs no statement.
 */
final class Trimmer {

    private static final Logger LOG = System.getLogger(Trimmer.class.getName());

    private final RevocationLog log;
    private final Supplier<LogPosition> applied;
    private final SeenLongAgo<LogPosition> seen;
    private LogPosition trimmed = new LogPosition(0, 0);

    Trimmer(RevocationLog log, Supplier<LogPosition> applied, NodeClock clock) {
        this.log = log;
        this.applied = applied;
        this.seen = new SeenLongAgo<>(ProtocolLimits.LOG_RETENTION, clock);
    }

    /** To be called about once a minute. */
    void tick() {
        seen.add(applied.get());
        LogPosition old = seen.get();
        if (old != null && !old.equals(trimmed)) {
            trim(old);
        }
    }

    private void trim(LogPosition upTo) {
        try {
            log.trim(upTo);
            trimmed = upTo;
        } catch (RuntimeException e) {
            LOG.log(Level.DEBUG, "The revocation log could not be trimmed; the next attempt is a minute away.", e);
        }
    }
}
