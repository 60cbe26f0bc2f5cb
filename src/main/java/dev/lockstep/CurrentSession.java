package dev.lockstep;

import java.util.Optional;

/**
 * The session of the current request, as the filter established it. It may be injected into a bean
 * of any scope: each call answers for the request that the calling thread is serving. Thread-safe.
 *
 * <p>Empty on requests that the filter does not protect, or lets pass without an identity, and in
 * threads that serve no request. Where an application has the container take it along to tasks of a
 * {@code ManagedExecutorService}, which not every server can, they see the session of the request
 * that submitted them, as it was then. It may have ended since; a logout of that request itself
 * ends it here too.
 */
public interface CurrentSession {

    /** The session, or empty where the request has none. */
    Optional<Session> session();

    /**
     * The token that the request presented for {@link #session}; for {@link SessionManager#rotate}
     * and the like.
     */
    Optional<SessionToken> token();

    /**
     * The session, where there must be one.
     *
     * @throws IllegalStateException if the request has none
     */
    default Session require() {
        return session()
                .orElseThrow(() -> new IllegalStateException(
                        "LOCKSTEP-0401 This request has no session: is its path covered by lockstep.web.protect?"));
    }
}
