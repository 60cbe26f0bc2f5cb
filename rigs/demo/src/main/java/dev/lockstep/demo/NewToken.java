package dev.lockstep.demo;

import dev.lockstep.IssuedToken;
import java.time.Instant;

/** The answer to a login and to a rotation: the only time that a client is told its token. */
public record NewToken(String token, String sessionId, Instant expiresAt) {

    static NewToken of(IssuedToken issued) {
        return new NewToken(
                issued.token().value(), issued.session().id(), issued.session().expiresAt());
    }
}
