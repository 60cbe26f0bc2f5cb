package dev.lockstep.session;

import dev.lockstep.LockstepException;
import dev.lockstep.Session;
import dev.lockstep.SessionExpired;
import dev.lockstep.revocation.ProtocolLimits;
import dev.lockstep.revocation.SeenLongAgo;
import dev.lockstep.spi.NodeClock;
import dev.lockstep.spi.NodeListener;
import dev.lockstep.spi.NodeListener.EndedBy;
import dev.lockstep.spi.ReservedPrincipal;
import dev.lockstep.spi.SessionStore;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Supplier;

/**
 * Deletes sessions that outlived a timeout, in small batches, and tells of them on another thread.
 * Only what had been over by a reading of the store's clock that this node made
 * {@linkplain SeenLongAgo some time ago}: so a clock that jumps ends no session in the store while
 * a node may still take a copy of it for live. Run by one thread.
 */
final class Sweeper {

    /**
     * In one go, as the thread fences nodes and trims the log as well: at 500 sessions a batch that
     * is seconds of work, and still 10,000 sessions a minute for each node. What is left waits for
     * the next tick.
     */
    static final int BATCHES = 20;

    private static final Logger LOG = System.getLogger(Sweeper.class.getName());

    private final SessionStore store;
    private final Supplier<OptionalLong> storeMillis;
    private final SessionEvents events;
    private final NodeListener observer;
    private final SeenLongAgo<Long> seen;

    /**
     * @param storeMillis the store's clock as it was last read; empty if it was not read recently
     */
    Sweeper(
            SessionStore store,
            Supplier<OptionalLong> storeMillis,
            NodeClock clock,
            SessionEvents events,
            NodeListener observer) {
        this.store = store;
        this.storeMillis = storeMillis;
        this.events = events;
        this.observer = observer;
        this.seen = new SeenLongAgo<>(ProtocolLimits.SWEEP_GRACE, clock);
    }

    /** To be called about once a minute. */
    void tick() {
        storeMillis.get().ifPresent(seen::add);
        Long before = seen.get();
        if (before != null) {
            sweep(Instant.ofEpochMilli(before));
        }
    }

    private void sweep(Instant before) {
        try {
            boolean more = true;
            for (int batch = 0; more && batch < BATCHES; batch++) {
                List<Session> expired = store.deleteExpired(before);
                tell(expired.stream()
                        .filter(session -> !ReservedPrincipal.is(session.principal()))
                        .toList());
                more = !expired.isEmpty();
            }
        } catch (LockstepException e) {
            LOG.log(Level.DEBUG, "Expired sessions could not be deleted; the next attempt is a minute away.", e);
        }
    }

    private void tell(List<Session> expired) {
        expired.forEach(session -> events.fireLater(new SessionExpired(session)));
        if (!expired.isEmpty()) {
            observer.sessionsEnded(EndedBy.EXPIRY, expired.size());
        }
    }
}
