package dev.lockstep.web;

import dev.lockstep.Session;
import dev.lockstep.SessionToken;
import jakarta.servlet.ServletRequest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whom a REQUEST dispatch established. Kept as an attribute of the request, for the dispatches that
 * follow it; being of a class that only this package sees, it cannot be forged by one. Safe for
 * several threads, as an asynchronous request may have them.
 *
 * <p>The filter enters and leaves each dispatch, and a {@link TakenIdentity} each task, so a thread
 * keeps nothing beyond its own.
 */
final class Identity implements Authentication {

    private static final String ATTRIBUTE = Identity.class.getName();
    private static final ThreadLocal<@Nullable Identity> CURRENT = new ThreadLocal<>();

    private final Session session;
    private final SessionToken token;
    private volatile boolean loggedOut;

    Identity(Session session, SessionToken token) {
        this.session = session;
        this.token = token;
    }

    /** The identity that a request was given, or null if it has none or was logged out. */
    static @Nullable Identity of(ServletRequest request) {
        return request.getAttribute(ATTRIBUTE) instanceof Identity identity && !identity.loggedOut ? identity : null;
    }

    /**
     * That of the dispatch which the calling thread is in; empty where there is none, or it was
     * logged out.
     */
    static Optional<Identity> current() {
        return Optional.ofNullable(CURRENT.get()).filter(identity -> !identity.loggedOut);
    }

    /**
     * Begins a dispatch or a task of the calling thread, perhaps within another.
     *
     * @param identity null for a task that is to see none
     * @return to be given to {@link #leave} when it is over
     */
    static @Nullable Identity enter(@Nullable Identity identity) {
        Identity outer = CURRENT.get();
        become(identity);
        return outer;
    }

    static void leave(@Nullable Identity outer) {
        become(outer);
    }

    private static void become(@Nullable Identity identity) {
        if (identity == null) {
            CURRENT.remove();
        } else {
            CURRENT.set(identity);
        }
    }

    void attachTo(ServletRequest request) {
        request.setAttribute(ATTRIBUTE, this);
    }

    Session session() {
        return session;
    }

    SessionToken token() {
        return token;
    }

    boolean isLoggedOut() {
        return loggedOut;
    }

    void logOut() {
        loggedOut = true;
    }

    /** Names the session, which is no secret; attributes are printed by debugging pages. */
    @Override
    public String toString() {
        return "Identity[" + session.id() + "]";
    }
}
