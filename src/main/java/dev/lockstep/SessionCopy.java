package dev.lockstep;

import java.util.Objects;

/**
 * A session as the store vouched for it at one place of its revocation log. Caches keep copies; a
 * copy is a hint, never proof that the session still lives.
 *
 * @param digest the digest of the session's token, compared again when a copy is read
 * @param session what the store vouched for
 * @param epoch the log's epoch, read no later than the session
 * @param position the log's position, read no later than the session
 */
public record SessionCopy(TokenDigest digest, Session session, long epoch, long position) {

    public SessionCopy {
        Objects.requireNonNull(digest, "digest");
        Objects.requireNonNull(session, "session");
    }
}
