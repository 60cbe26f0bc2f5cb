package dev.lockstep.session;

import dev.lockstep.RevocationsMissed;
import dev.lockstep.RevocationsMissed.Reason;
import dev.lockstep.Session;
import dev.lockstep.SessionRevoked;
import dev.lockstep.TokenDigest;
import dev.lockstep.connection.ConnectionRegistry;
import dev.lockstep.key.ApplicationKey;
import dev.lockstep.revocation.RevocationListener;
import dev.lockstep.spi.NodeClock;
import dev.lockstep.spi.ReservedPrincipal;
import dev.lockstep.spi.Revocation;
import dev.lockstep.spi.TimedCache.TimedCopy;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Carries what a node learns to its caches and its key, to what is kept open for sessions, and to
 * the application's observers. Thread-safe.
 */
final class RevocationEffects implements RevocationListener {

    private final LayeredCache copies;
    private final ApplicationKey key;
    private final SessionEvents events;
    private final Executor background;
    private final ScheduledExecutorService scheduler;
    private final NodeClock clock;
    private final Duration gathering;
    private final AtomicBoolean isMissedDue = new AtomicBoolean();
    private volatile @Nullable ConnectionRegistry connections;

    /**
     * @param gathering for how long more of the same is waited for before the application is told
     *     that all may have changed
     */
    RevocationEffects(
            LayeredCache copies,
            ApplicationKey key,
            SessionEvents events,
            Executor background,
            ScheduledExecutorService scheduler,
            NodeClock clock,
            Duration gathering) {
        this.copies = copies;
        this.key = key;
        this.events = events;
        this.background = background;
        this.scheduler = scheduler;
        this.clock = clock;
        this.gathering = gathering;
    }

    /** There are connections from now on; a node that keeps none has nothing to do for them. */
    void tell(ConnectionRegistry open) {
        connections = open;
    }

    @Override
    public void keyTold(long version, long storeMillis, long sentNanos, long sentWallMillis) {
        key.polled(version, storeMillis, sentNanos, sentWallMillis);
    }

    @Override
    public void dropCopies(TokenDigest digest) {
        copies.dropNear(digest);
    }

    @Override
    public void dropShared(TokenDigest digest) {
        if (copies.areShared()) {
            try {
                background.execute(() -> copies.dropShared(digest));
            } catch (RejectedExecutionException e) {
                // left undone: the copy that stays behind is worth one store read
            }
        }
    }

    /**
     * Of a rotation and of a principal nothing is told: the session lives on, and those of the
     * principal are told one by one.
     */
    @Override
    public void learnt(Revocation revocation, Duration lag) {
        switch (revocation.cause()) {
            case REVOKED, SESSION_GONE -> revoked(revocation, revocation.sessionId(), revocation.principal(), lag);
            case TOKEN_GONE -> tokenGone(revocation, lag);
            case COPIES_VOID -> anythingMayHaveChanged();
            default -> {}
        }
    }

    private void revoked(Revocation revocation, String sessionId, String principal, Duration lag) {
        if (ReservedPrincipal.is(principal)) {
            return;
        }
        ConnectionRegistry open = connections;
        if (open != null) {
            open.ended(sessionId);
        }
        events.fireLater(new SessionRevoked(sessionId, principal, revocation.revokedAt(), lag));
    }

    /** The store did not know whose it was; a copy does. */
    private void tokenGone(Revocation revocation, Duration lag) {
        TimedCopy copy = copies.getNear(revocation.digest());
        if (copy != null) {
            Session session = copy.copy().session();
            revoked(revocation, session.id(), session.principal(), lag);
        }
    }

    /**
     * Floods of unknown tokens make many such rows; what follows from them is told once for all of
     * a moment.
     */
    private void anythingMayHaveChanged() {
        if (isMissedDue.compareAndSet(false, true)) {
            boolean begun = false;
            try {
                var unused = scheduler.schedule(this::tellMissed, gathering.toNanos(), TimeUnit.NANOSECONDS);
                begun = true;
            } catch (RejectedExecutionException e) {
                // the application ends
            } finally {
                if (!begun) {
                    isMissedDue.set(false);
                }
            }
        }
    }

    private void tellMissed() {
        isMissedDue.set(false);
        missed(new RevocationsMissed(Instant.ofEpochMilli(clock.wallMillis()), Reason.COPIES_VOID));
    }

    @Override
    public void missed(RevocationsMissed missed) {
        ConnectionRegistry open = connections;
        if (open != null) {
            open.missed();
        }
        events.fireLater(missed);
    }
}
