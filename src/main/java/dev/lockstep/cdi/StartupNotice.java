package dev.lockstep.cdi;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Says what a deployment waits for, if it takes longer than a second: silence looks like a server
 * that hangs.
 */
final class StartupNotice {

    private static final Logger LOG = System.getLogger(StartupNotice.class.getName());

    private StartupNotice() {}

    static <T> T on(String what, ScheduledExecutorService scheduler, Supplier<T> work) {
        Future<?> notice = scheduler.schedule(() -> warn(what), 1, TimeUnit.SECONDS);
        try {
            return work.get();
        } finally {
            notice.cancel(false);
        }
    }

    private static void warn(String what) {
        LOG.log(
                Level.WARNING,
                "LOCKSTEP-0516 The deployment has been waiting for " + what
                        + " for a second, and goes on waiting. If it does not come, the next message says why. awaited="
                        + what);
    }
}
