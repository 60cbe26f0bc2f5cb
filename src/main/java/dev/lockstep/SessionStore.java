package dev.lockstep;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The persistent truth about sessions. The one that comes with Lockstep keeps them in a database; an application may
 * bring its own as a CDI bean. A store that is to let nodes trust cached copies implements
 * {@code dev.lockstep.spi.RevocationLog} as well; without it every request asks the store.
 *
 * <p>Every method is atomic, sees all that was committed before it was called, is safe for use by several threads,
 * takes part in no transaction of its caller, returns within a deadline, and throws {@link StoreUnavailableException}
 * when it cannot answer. A change whose method threw may have happened or not.
 */
public interface SessionStore {

    /** Keeps a new session. */
    SessionCopy open(NewSession session);

    /** The live session of a digest; null where it is unknown, expired or revoked. */
    @Nullable
    SessionCopy find(TokenDigest digest);

    /** The live sessions of a principal, oldest first. */
    List<Session> list(String principal);

    /**
     * Records a use of a live session, unless one was recorded within the given time. Never brings back a session that
     * has ended.
     */
    void touch(TokenDigest digest, Duration unlessWithin);

    /**
     * Ends the sessions that each target means, in one transaction. A target that means very many is ended in part, and
     * {@link Revoked#more} says so: a transaction that ended them all would hold up everybody else's.
     *
     * <p>A target that can't be expressed to the store, a principal in characters that its database does not have, say, means
     * no session: it ends nothing, and fails neither itself nor others.
     *
     * @return what became of each target, in their order
     */
    List<Revoked> revoke(List<RevocationTarget> targets);

    /**
     * Replaces a live session's digest; of several at once, one succeeds.
     *
     * @return the session under its new digest and the revocation of the old one, or null where the current digest is
     *     unknown, expired or revoked
     */
    @Nullable
    Rotated rotate(TokenDigest current, TokenDigest next);

    /**
     * Deletes some sessions whose lifetime is over. Called now and then by every node; where another node is at it, it
     * returns none.
     *
     * @param before their lifetime ended no later than this, nor later than the store's clock shows: a reading of that
     *     clock so long ago that no node may still take such a session for live
     * @return the sessions that this call deleted; empty when there is nothing more to do
     */
    List<Session> deleteExpired(Instant before);
}
