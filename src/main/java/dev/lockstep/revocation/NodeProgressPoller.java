package dev.lockstep.revocation;

import dev.lockstep.concurrent.Recurring;
import dev.lockstep.spi.RevocationLog;
import dev.lockstep.spi.RevocationLog.NodeRows;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;

/**
 * Readings of how far the nodes have applied the log, for as long as anybody waits for them: one at
 * a time, and a pause before each. All who wait share them. Only nodes that somebody waits for are
 * read: one that is missing then is gone.
 *
 * <p>So a reading says nothing to those who came after it was sent. One that fails says nothing to
 * anybody; the waits have a timer.
 *
 * <p>Thread-safe. {@code arranged} admits one reader. A wait that comes while a reader is about to
 * leave is seen by either, since the reader looks at the waits again after it has let go of
 * {@code arranged}.
 */
final class NodeProgressPoller {

    private static final Logger LOG = System.getLogger(NodeProgressPoller.class.getName());

    private final RevocationLog log;
    private final Collection<LeaseWait> waits;
    private final Duration pause;
    private final ScheduledExecutorService thread;
    private final Recurring reading = Recurring.of("The reading of node rows", this::readOnce);
    private final AtomicBoolean arranged = new AtomicBoolean();

    /**
     * @param waits those who wait at the moment; may change at any time
     * @param thread may block while the store is read
     */
    NodeProgressPoller(
            RevocationLog log, Collection<LeaseWait> waits, Duration pause, ScheduledExecutorService thread) {
        this.log = log;
        this.waits = waits;
        this.pause = pause;
        this.thread = thread;
    }

    /** Somebody waits now: reads until nobody does. */
    void ask() {
        if (arranged.compareAndSet(false, true)) {
            try {
                var unused = thread.schedule(this::read, pause.toNanos(), TimeUnit.NANOSECONDS);
            } catch (RuntimeException | Error e) {
                arranged.set(false);
                throw e;
            }
        }
    }

    private void read() {
        reading.run();
        arranged.set(false);
        if (!waits.isEmpty()) {
            ask();
        }
    }

    private void readOnce() {
        try {
            List<LeaseWait> now = List.copyOf(waits);
            if (!now.isEmpty()) {
                readFor(now);
            }
        } catch (RuntimeException e) {
            LOG.log(Level.DEBUG, "The node rows could not be read; logouts wait for the clock meanwhile.", e);
        }
    }

    private void readFor(List<LeaseWait> some) {
        Set<String> awaited =
                some.stream().flatMap(wait -> wait.awaited().stream()).collect(Collectors.toSet());
        NodeRows rows = log.nodesAmong(awaited);
        some.forEach(wait -> wait.read(rows));
    }
}
