package dev.lockstep.web;

import dev.lockstep.SessionManager;
import dev.lockstep.SessionToken;
import dev.lockstep.TokenRefused;
import dev.lockstep.config.WebConfig;
import jakarta.servlet.http.HttpServlet;
import org.jspecify.annotations.Nullable;

/**
 * What the filter needs from the application that it is deployed with. Found through
 * {@link java.util.ServiceLoader}, so that this package knows Servlet and nothing of CDI.
 */
public interface WebServices {

    /**
     * Whether everything else here can be called. Until CDI has started it can't: a plain servlet
     * container starts the application's own CDI and this package in any order.
     */
    default boolean isReady() {
        return true;
    }

    /**
     * The {@code lockstep.web} part of the configuration; may be asked for before the application
     * has started.
     */
    WebConfig config();

    /**
     * Starts the application's sessions, now that its context path is known; fails where they can't
     * be.
     *
     * @param contextPath empty for the root
     */
    void start(String contextPath);

    /** The application's session manager. */
    SessionManager sessions();

    /**
     * Whether a token that opens nothing has the form of ours, and was issued by no node; asks
     * nobody.
     */
    default boolean isForged(SessionToken token) {
        return false;
    }

    /**
     * The servlet of the endpoints; may be asked for before the application has started, and is
     * initialized after.
     */
    HttpServlet endpoints();

    /** Who follows requests in traces; null for nobody. Asked for when the first request comes. */
    default @Nullable RequestTraces traces() {
        return null;
    }

    /** Tells the application's observers; never throws. */
    void refused(TokenRefused refusal);
}
