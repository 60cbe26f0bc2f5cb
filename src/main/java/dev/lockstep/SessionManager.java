package dev.lockstep;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/**
 * Opens, finds, lists, rotates and revokes sessions.
 *
 * <p>The promise: once a {@code revoke…} method has returned, no node accepts the tokens that it
 * revoked, whatever any cache holds and whatever has failed; the {@link RevocationOutcome} says how
 * many nodes that are, since when, and whose lease had to be waited out. If the promise cannot be
 * given it throws
 * {@link RevocationUnconfirmedException}: the outcome is then unknown, and calling again is safe
 * and settles it.
 *
 * <p>All methods are safe for use by several threads. None takes part in the caller's transaction:
 * what they change stays changed if that transaction rolls back, and what they find is the present.
 * Every method throws {@link StoreUnavailableException} when the store does not answer within
 * {@code lockstep.store.timeout}, and {@link NullPointerException} for a null argument.
 */
public interface SessionManager {

    /** Opens a session without attributes. See {@link #open(String, Set, Map)}. */
    default IssuedToken open(String principal, Set<String> groups) {
        return open(principal, groups, Map.of());
    }

    /**
     * Opens a session with a new token, of 160 random bits and a tag that shows who has made it.
     *
     * <p>It does not check the account. If the account may have been disabled, and its sessions
     * revoked, after the credentials were checked, check it again once this method has returned,
     * and {@link #revoke} the token if the account may no longer log in.
     *
     * @param principal whom it authenticates; 1 to 255 characters
     * @param groups the principal's groups
     * @param attributes what the application wants to find again in {@link Session#attributes}; not
     *     for secrets. With the groups up to 100,000 characters in the stores
     *     of Lockstep's own
     * @throws IllegalArgumentException if the principal is empty or too long, or groups and
     *     attributes are
     */
    IssuedToken open(String principal, Set<String> groups, Map<String, String> attributes);

    /**
     * The live session of a token, from a cached copy if that copy is known to be current,
     * otherwise from the store. Empty for a token that is unknown, expired or revoked; where no
     * node has issued it, by its form or its tag, nothing is asked.
     */
    Optional<Session> find(SessionToken token);

    /**
     * Like {@link #find}, but always asks the store, unless no node has issued the token: for
     * requests that must not be answered from a cache.
     */
    Optional<Session> findConfirmed(SessionToken token);

    /** The live sessions of a principal, as the store has them, oldest first. */
    List<Session> list(String principal);

    /**
     * Gives a session a new token and revokes the old one, as RFC 9700 and OWASP ASVS advise after
     * a change of privileges. If several threads rotate the same token at once, one succeeds. The
     * session keeps its identifier and its lifetimes.
     *
     * @return the new token, or empty if the old one is unknown, expired or revoked
     */
    Optional<IssuedToken> rotate(SessionToken token);

    /**
     * Ends the session of a token. A token that is unknown or already revoked is not an error (RFC
     * 7009, 2.2), and one that has another form than ours is not looked for.
     */
    RevocationOutcome revoke(SessionToken token);

    /**
     * Ends a session by its {@link Session#id}. An unknown identifier is not an error.
     *
     * @throws IllegalArgumentException if it {@linkplain SessionToken#mayBeIn may hold a token}:
     *     that is written nowhere, and ends nothing
     */
    RevocationOutcome revokeById(String sessionId);

    /**
     * Ends all sessions of a principal, including one whose token is being rotated at the same
     * time.
     */
    RevocationOutcome revokeAll(String principal);

    /** Ends all sessions of a session's principal except that session. */
    RevocationOutcome revokeOthers(Session kept);

    /**
     * Ends every session of the application, including those whose row was deleted from the store
     * by hand. They are ended in batches: if this method throws, some may have ended, and calling
     * it again ends the rest. A session that is opened meanwhile may live on.
     */
    RevocationOutcome revokeEverything();

    /**
     * Like {@link #revoke}, but without blocking a thread: the stage completes once the promise
     * holds, or exceptionally where {@code revoke} would throw. It completes on one of this
     * deployment's few threads, so run dependent actions that may block on an executor of the
     * application.
     */
    CompletionStage<RevocationOutcome> revokeAsync(SessionToken token);

    /** {@link #revokeById}, as {@link #revokeAsync}. */
    CompletionStage<RevocationOutcome> revokeByIdAsync(String sessionId);

    /** {@link #revokeAll}, as {@link #revokeAsync}. */
    CompletionStage<RevocationOutcome> revokeAllAsync(String principal);

    /** {@link #revokeOthers}, as {@link #revokeAsync}. */
    CompletionStage<RevocationOutcome> revokeOthersAsync(Session kept);

    /** {@link #revokeEverything}, as {@link #revokeAsync}. */
    CompletionStage<RevocationOutcome> revokeEverythingAsync();

    /**
     * The cookie in which browsers present tokens, to be set after {@link #open} and
     * {@link #rotate}, and cleared after a logout.
     *
     * @throws IllegalStateException if {@code lockstep.web.cookie} is not set: nothing would read
     *     the cookie
     */
    SessionCookie cookie();

    /**
     * This manager with a time limit: its blocking {@code revoke…} methods and {@link #rotate}
     * throw {@link RevocationUnconfirmedException} once they have waited this long for the promise
     * to hold. The revocation itself continues. After such a rotation the session has a token that
     * nobody knows: end it, or let it expire. How long these methods take without a limit is
     * described in docs/internals/logout.md. For stages there is
     * {@link java.util.concurrent.CompletableFuture#orTimeout}.
     *
     * @param patience positive
     * @throws IllegalArgumentException if it is not
     */
    SessionManager within(Duration patience);
}
