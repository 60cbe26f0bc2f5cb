package dev.lockstep.cdi;

import dev.lockstep.CurrentSession;
import dev.lockstep.Session;
import dev.lockstep.SessionToken;
import jakarta.enterprise.context.ContextNotActiveException;
import java.util.Optional;
import java.util.function.Function;

/** What applications inject: asks the request scope of the calling thread, and is empty where there is none. Thread-safe. */
final class ScopedSession implements CurrentSession {

    private final RequestSession requests;

    /** @param requests the proxy for that of each request */
    ScopedSession(RequestSession requests) {
        this.requests = requests;
    }

    @Override
    public Optional<Session> session() {
        return ask(RequestSession::session);
    }

    @Override
    public Optional<SessionToken> token() {
        return ask(RequestSession::token);
    }

    private <T> Optional<T> ask(Function<RequestSession, Optional<T>> question) {
        try {
            return question.apply(requests);
        } catch (ContextNotActiveException e) {
            return Optional.empty();
        }
    }
}
