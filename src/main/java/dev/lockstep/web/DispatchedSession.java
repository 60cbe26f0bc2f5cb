package dev.lockstep.web;

import dev.lockstep.CurrentSession;
import dev.lockstep.Session;
import dev.lockstep.SessionToken;
import java.util.Optional;

/**
 * What applications inject: the identity of the dispatch that the calling thread is in; none once
 * it was logged out. Thread-safe.
 *
 * <p>It does not ask for the request scope of CDI, which not every server has in every dispatch,
 * and of which each bean costs something at the end of every request.
 */
public final class DispatchedSession implements CurrentSession {

    @Override
    public Optional<Session> session() {
        return Identity.current().map(Identity::session);
    }

    @Override
    public Optional<SessionToken> token() {
        return Identity.current().map(Identity::token);
    }
}
