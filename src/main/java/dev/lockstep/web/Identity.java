package dev.lockstep.web;

import dev.lockstep.Session;
import dev.lockstep.SessionToken;
import jakarta.servlet.ServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * Whom a REQUEST dispatch established. Kept as an attribute of the request, for the dispatches that follow it; being
 * of a class that only this package sees, it cannot be forged by one. Safe for several threads, as an asynchronous
 * request may have them.
 */
final class Identity implements Verdict {

    private static final String ATTRIBUTE = Identity.class.getName();

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
