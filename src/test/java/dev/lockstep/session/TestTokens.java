package dev.lockstep.session;

import dev.lockstep.SessionToken;
import dev.lockstep.key.ApplicationKey;
import java.util.function.Supplier;

/** Makes tokens as a node issues them, for tests of other packages. */
public final class TestTokens {

    private TestTokens() {}

    /** New ones, with the default prefix and a tag under the application's key. */
    public static Supplier<SessionToken> of(ApplicationKey key) {
        return new TokenGenerator("lks", key)::newToken;
    }
}
