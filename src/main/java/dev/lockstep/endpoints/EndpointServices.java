package dev.lockstep.endpoints;

import dev.lockstep.SessionManager;
import dev.lockstep.key.ApplicationKey;
import dev.lockstep.monitoring.NodeMeters;
import dev.lockstep.monitoring.NodeStatus;
import dev.lockstep.spi.SessionSearch;
import dev.lockstep.spi.SessionStore;
import java.util.Optional;

/**
 * What the endpoints need from the application that they are deployed with. Thread-safe; to be used
 * while the application runs.
 */
public interface EndpointServices {

    /** The name of the application whose sessions these are. */
    String application();

    SessionManager sessions();

    /** Asked for what the session manager does not offer, but never for sessions. */
    SessionStore store();

    ApplicationKey key();

    /** Finds users' sessions, and none of Lockstep's own; empty where the store can't. */
    Optional<SessionSearch> search();

    /** What this node is doing. */
    NodeStatus status();

    /** What this node has measured since its deployment began. */
    NodeMeters meters();

    /** Tells the application's observers; never throws. */
    void tell(Object event);
}
