package dev.lockstep.spi;

import dev.lockstep.Session;
import dev.lockstep.SessionCopy;
import dev.lockstep.StoreUnavailableException;
import dev.lockstep.TokenDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The authoritative record of all sessions. The store that comes with Lockstep keeps them in a
 * database; an application may supply its own as a CDI bean. To let nodes trust cached copies, a
 * store also implements {@code dev.lockstep.spi.RevocationLog} ; without that, every request asks
 * the store.
 *
 * <p>Every method is atomic, sees all that was committed before it was called, is safe for use by
 * several threads, takes part in no transaction of its caller, returns within a deadline, and
 * throws {@link StoreUnavailableException} when it cannot answer. If a method that changes
 * something throws, the change may or may not have happened.
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
     * Records a use of a live session, unless one was recorded within the given time. Never brings
     * back a session that has ended.
     */
    void touch(TokenDigest digest, Duration unlessWithin);

    /**
     * Records uses of several sessions, like {@link #touch}. One whose row somebody else is
     * changing at the moment may be left out.
     *
     * <p>A store that does not say otherwise records each by a touch, as of now: there a session
     * lives on for so much longer after its last use. One that it can't record does not keep it
     * from the others, unless it is out of reach.
     *
     * @param digests of the sessions, each once; 1 to 1,000
     * @param ago how long ago they were used, zero or more: what is recorded is the use, not the
     *     call
     */
    default void touchAll(List<TokenDigest> digests, Duration ago, Duration unlessWithin) {
        RuntimeException failure = null;
        for (TokenDigest digest : digests) {
            try {
                touch(digest, unlessWithin);
            } catch (StoreUnavailableException e) {
                throw e;
            } catch (RuntimeException e) {
                failure = e;
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    /**
     * The live sessions of several digests, like {@link #find}; one that there is not is left out.
     *
     * @param digests each once; 1 to 1,000
     */
    default List<SessionCopy> findAll(List<TokenDigest> digests) {
        List<SessionCopy> found = new ArrayList<>();
        for (TokenDigest digest : digests) {
            SessionCopy copy = find(digest);
            if (copy != null) {
                found.add(copy);
            }
        }
        return found;
    }

    /**
     * Ends the sessions that each target selects, in one transaction. A target that selects very
     * many is ended in part, and {@link Revoked#more} says so: ending them all in one transaction
     * would block all others.
     *
     * <p>A target that the store cannot express, such as a principal in characters that its
     * database lacks, selects no session: it ends nothing, and neither it nor the others fail.
     *
     * @return what became of each target, in their order
     */
    List<Revoked> revoke(List<RevocationTarget> targets);

    /**
     * Replaces a live session's digest. Of several concurrent calls, one succeeds.
     *
     * @return the session under its new digest and the revocation of the old one, or null where the
     *     current digest is unknown, expired or revoked
     */
    @Nullable
    Rotated rotate(TokenDigest current, TokenDigest next);

    /**
     * Deletes a batch of sessions whose lifetime is over. Every node calls it periodically; while
     * another node is deleting, it returns none.
     *
     * @param before their lifetime ended no later than this, nor later than the store's clock
     *     shows: a reading of that clock made so long ago that no node can still regard such a
     *     session as live
     * @return the sessions that this call deleted; empty when there is nothing more to do
     */
    List<Session> deleteExpired(Instant before);
}
