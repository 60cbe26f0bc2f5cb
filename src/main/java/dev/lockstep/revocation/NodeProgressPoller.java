package dev.lockstep.revocation;

import dev.lockstep.concurrent.Recurring;
import dev.lockstep.spi.LogPosition;
import dev.lockstep.spi.RevocationLog;
import dev.lockstep.spi.RevocationLog.NodeRows;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;

/**
 * Readings of how far the nodes have applied the log, for as long as anybody waits for them: one at
 * a time, and a pause before each. All who wait share them. Only nodes that are behind are read:
 * one that is not among them has applied what was asked for, or is gone.
 *
 * <p>A reading is of the highest place that anybody awaited when it was sent: a node that is
 * missing has reached that, and so what each of them awaits. It says nothing to those who came
 * later. One that fails says nothing to anybody; the waits have a timer.
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
            Map<Long, List<LeaseWait>> byEpoch = waits.stream()
                    .collect(Collectors.groupingBy(wait -> wait.upTo().epoch()));
            byEpoch.values().forEach(this::readFor);
        } catch (RuntimeException e) {
            LOG.log(Level.DEBUG, "The node rows could not be read; logouts wait for the clock meanwhile.", e);
        }
    }

    private void readFor(List<LeaseWait> ofOneEpoch) {
        NodeRows behind = log.nodesBehind(highest(ofOneEpoch));
        ofOneEpoch.forEach(wait -> wait.read(behind));
    }

    private static LogPosition highest(List<LeaseWait> waits) {
        return waits.stream()
                .map(LeaseWait::upTo)
                .reduce((a, b) -> a.reaches(b) ? a : b)
                .orElseThrow();
    }
}
