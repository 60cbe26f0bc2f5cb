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

    /** Runs what must be done now and then, until the deployment ends. */
    ScheduledExecutorService scheduler();
}
