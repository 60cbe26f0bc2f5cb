package dev.lockstep.cache.infinispan;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Tells once of what came to a port and was refused, so that nobody who sends more of it can fill
 * the log. Thread-safe.
 */
final class RefusalLog {

    private static final Logger LOG = System.getLogger(RefusalLog.class.getName());

    private final AtomicBoolean told = new AtomicBoolean();

    void refused(Exception reason) {
        Level level = told.compareAndSet(false, true) ? Level.WARNING : Level.DEBUG;
        LOG.log(
                level,
                () -> "LOCKSTEP-0326 Something came to a port of the cluster that its nodes don't send, and was refused"
                        + " (logged once): " + what(reason) + ". Let nobody but the nodes reach the ports"
                        + " lockstep.infinispan.bind-port and above, and run the same version of JGroups on all nodes."
                        + " channel=infinispan");
    }

    private static String what(Exception reason) {
        return reason instanceof RefusedMessageException
                ? String.valueOf(reason.getMessage())
                : "a message that can't be read";
    }
}
