package dev.lockstep.session;

import dev.lockstep.SessionToken;
import dev.lockstep.TokenDigest;

/** Makes digests for tests of other packages. */
public final class Digests {

    private Digests() {}

    public static TokenDigest of(String application, SessionToken token) {
        return new TokenDigester(application, "lks").digest(token);
    }
}
