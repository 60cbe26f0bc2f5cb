package dev.lockstep.session;

import dev.lockstep.LockstepException;
import dev.lockstep.Session;
import dev.lockstep.SessionExpired;
import dev.lockstep.SessionStore;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Deletes sessions that outlived a timeout, in small batches, and tells of them. Run by one thread. */
final class Sweeper {

    /**
     * How long a session must have been over. Longer than 1.25 times the longest lease: a token that is neither in the
     * sessions nor in the log needs no waiting when it is revoked, so no node may still take it for live.
     */
    static final Duration GRACE = Duration.ofMinutes(2);

    private static final Logger LOG = System.getLogger(Sweeper.class.getName());

    private final SessionStore store;
    private final SessionEvents events;

    Sweeper(SessionStore store, SessionEvents events) {
        this.store = store;
        this.events = events;
    }

    /** To be called about once a minute. Never throws. */
    void tick() {
        try {
            Instant before = Instant.now().minus(GRACE);
            List<Session> expired = store.deleteExpired(before);
            while (!expired.isEmpty()) {
                expired.forEach(session -> events.fire(new SessionExpired(session)));
                expired = store.deleteExpired(before);
            }
        } catch (LockstepException e) {
            LOG.log(Level.DEBUG, "Expired sessions could not be deleted; the next attempt is a minute away.", e);
        }
    }
}
