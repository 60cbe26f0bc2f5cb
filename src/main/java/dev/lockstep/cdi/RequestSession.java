package dev.lockstep.cdi;

import dev.lockstep.CurrentSession;
import dev.lockstep.Session;
import dev.lockstep.SessionToken;
import jakarta.enterprise.inject.Vetoed;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The request-scoped bean behind {@link CurrentSession}. Used by one request's threads, one at a time. */
@Vetoed
class RequestSession implements CurrentSession {

    private @Nullable Session session;
    private @Nullable SessionToken token;

    void establish(Session established, SessionToken presented) {
        session = established;
        token = presented;
    }

    @Override
    public Optional<Session> session() {
        return Optional.ofNullable(session);
    }

    @Override
    public Optional<SessionToken> token() {
        return Optional.ofNullable(token);
    }
}
