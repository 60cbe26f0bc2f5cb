package dev.lockstep.web;

import dev.lockstep.CurrentSession;
import dev.lockstep.Session;
import dev.lockstep.SessionToken;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What applications inject: the identity of the dispatch that the calling thread is in; none once it was logged out.
 * Thread-safe.
 *
 * <p>The filter enters and leaves, so a thread keeps nothing beyond its dispatch. It does not ask for the request scope of
 * CDI, which not every server has in every dispatch, and of which each bean costs something at the end of every request.
 */
public final class DispatchedSession implements CurrentSession {

    private static final ThreadLocal<@Nullable Identity> CURRENT = new ThreadLocal<>();

    /**
     * Begins a dispatch of the calling thread, perhaps within another.
     *
     * @return to be given to {@link #leave} when it is over
     */
    static @Nullable Identity enter(Identity identity) {
        Identity outer = CURRENT.get();
        CURRENT.set(identity);
        return outer;
    }

    static void leave(@Nullable Identity outer) {
        if (outer == null) {
            CURRENT.remove();
        } else {
            CURRENT.set(outer);
        }
    }

    @Override
    public Optional<Session> session() {
        return current().map(Identity::session);
    }

    @Override
    public Optional<SessionToken> token() {
        return current().map(Identity::token);
    }

    private static Optional<Identity> current() {
        return Optional.ofNullable(CURRENT.get()).filter(identity -> !identity.isLoggedOut());
    }
}
