package dev.lockstep;

import java.util.Objects;

/**
 * A new token and the session that it opens. This is the only time that the token can be read.
 *
 * @param token the secret, for the client alone
 * @param session the session as stored
 */
public record IssuedToken(SessionToken token, Session session) {

    public IssuedToken {
        Objects.requireNonNull(token, "token");
        Objects.requireNonNull(session, "session");
    }
}
