package dev.lockstep.session;

import java.time.Duration;

/**
 * How sessions are kept.
 *
 * @param application separates the tokens of applications that share a store
 * @param absoluteTimeout how long a session lives at most; positive
 * @param idleTimeout how long without use; positive
 * @param awaitLogout whether a revocation returns when no node accepts the token any more, rather than when it is
 *     committed
 */
public record SessionSettings(
        String application, Duration absoluteTimeout, Duration idleTimeout, boolean awaitLogout) {}
