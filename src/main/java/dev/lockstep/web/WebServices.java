package dev.lockstep.web;

import dev.lockstep.Session;
import dev.lockstep.SessionManager;
import dev.lockstep.SessionToken;
import dev.lockstep.TokenRefused;
import dev.lockstep.config.WebConfig;

/**
 * What the filter needs from the application that it is deployed with. Found through {@link java.util.ServiceLoader},
 * so that this package knows Servlet and nothing of CDI.
 */
public interface WebServices {

    /** The {@code lockstep.web} part of the configuration; may be asked for before the application has started. */
    WebConfig config();

    /**
     * Starts the application's sessions, now that its context path is known; fails where they can't be.
     *
     * @param contextPath empty for the root
     */
    void start(String contextPath);

    /** The application's session manager. */
    SessionManager sessions();

    /**
     * Makes a session the {@link dev.lockstep.CurrentSession} of the dispatch at hand, also where the server has no
     * request scope for it: Payara has none for asynchronous dispatches, nor has any server for the error page of an
     * asynchronous request.
     *
     * @return to be closed by the same thread when the dispatch is over
     */
    Establishment establish(Session session, SessionToken token);

    /** Tells the application's observers; never throws. */
    void refused(TokenRefused refusal);

    /** What {@link #establish} has set up. */
    interface Establishment extends AutoCloseable {

        /** For a request scope that ends by itself. */
        Establishment OF_THE_SERVER = () -> {};

        @Override
        void close();
    }
}
