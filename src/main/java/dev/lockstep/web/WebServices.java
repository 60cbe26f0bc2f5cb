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

    /** The application's session manager. */
    SessionManager sessions();

    /** Makes a session the {@link dev.lockstep.CurrentSession} of the request at hand. */
    void establish(Session session, SessionToken token);

    /** Tells the application's observers; never throws. */
    void refused(TokenRefused refusal);
}
