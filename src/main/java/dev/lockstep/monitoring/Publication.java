package dev.lockstep.monitoring;

import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;

/**
 * What a library needs in order to show a node's meters.
 */
public interface Publication {

    /** Whose sessions they are: the tag that each series has beside its own. */
    String TAG = "application";

    /** The value of {@link #TAG}. */
    String application();

    /** What is to be shown. */
    NodeMeters meters();

    /** A bean of the application or of the server; empty where there is none, or several. */
    <T> Optional<T> bean(Class<T> type);

    /** Whether there is exactly one bean of this type; it is not made. */
    boolean hasBean(Class<?> type);

    /**
     * An object whose fields are injected, for beans that want to know where they are injected.
     *
     * @param type has a constructor without parameters
     */
    <T> T injected(Class<T> type);

    /** Runs what must be done now and then, until the deployment ends. */
    ScheduledExecutorService scheduler();
}
