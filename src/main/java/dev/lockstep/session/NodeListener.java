package dev.lockstep.session;

import dev.lockstep.Revocation;
import dev.lockstep.RevocationsMissed;
import dev.lockstep.SessionRevoked;
import dev.lockstep.TokenDigest;
import dev.lockstep.revocation.FeedListener;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/** Carries what a node learns to its caches and to the application's observers. Thread-safe. */
final class NodeListener implements FeedListener {

    private final Copies copies;
    private final SessionEvents events;
    private final Executor background;

    NodeListener(Copies copies, SessionEvents events, Executor background) {
        this.copies = copies;
        this.events = events;
        this.background = background;
    }

    /**
     * The store does not know a digest any more: no copy of it is worth anything. Blocks for as long as the shared cache does:
     * a copy that stays behind would be accepted again by whoever asks next.
     */
    void gone(TokenDigest digest) {
        copies.dropNear(digest);
        copies.dropShared(digest);
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

    @Override
    public void learnt(Revocation revocation, Duration lag) {
        if (revocation.cause() == Revocation.Cause.REVOKED) {
            events.fireLater(
                    new SessionRevoked(revocation.sessionId(), revocation.principal(), revocation.revokedAt(), lag));
        }
    }

    @Override
    public void missed(RevocationsMissed missed) {
        events.fireLater(missed);
    }
}
