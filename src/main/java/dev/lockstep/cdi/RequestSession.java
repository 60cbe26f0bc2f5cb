package dev.lockstep.cdi;

import dev.lockstep.Session;
import dev.lockstep.SessionToken;
import jakarta.enterprise.inject.Vetoed;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The request-scoped bean behind {@link ScopedSession}. Used by one request's threads, one at a time. */
@Vetoed
class RequestSession {

    private @Nullable Session session;
    private @Nullable SessionToken token;

    void establish(Session established, SessionToken presented) {
        session = established;
        token = presented;
    }

    Optional<Session> session() {
        return Optional.ofNullable(session);
    }

    Optional<SessionToken> token() {
        return Optional.ofNullable(token);
    }
}
