package dev.lockstep.revocation;

import dev.lockstep.concurrent.Recurring;
import dev.lockstep.spi.LogConnection;
import dev.lockstep.spi.LogPosition;
import dev.lockstep.spi.RevocationLog;
import dev.lockstep.spi.RevocationLog.NodeRows;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;

/**
 * Readings of how far the nodes have applied the log, for as long as anybody waits for them: one at
 * a time, and a pause before each. All who wait share them. Only nodes that somebody waits for are
 * read: one that is missing then is gone. Where a channel says that as many nodes as are waited for
 * have come so far, one more follows at once, on the channel's thread: one for all, since a logout
 * is over when the last has.
 *
 * <p>So a reading says nothing to those who came after it was sent. One that fails says nothing to
 * anybody; the waits have a timer.
 *
 * <p>A channel may bring such a word before the wait begins that it is for: the newest of each node
 * is kept, and a wait that finds enough of them has the rows read at once.
 *
 * <p>Thread-safe. {@code arranged} admits one reader. A wait that comes while a reader is about to
 * leave is seen by either, since the reader looks at the waits again after it has let go of
 * {@code arranged}.
 */
final class NodeProgressPoller {

    private static final Logger LOG = System.getLogger(NodeProgressPoller.class.getName());

    /** Some words of each node; those that are forgotten cost a pause. */
    private static final int MOST_WORDS = 2_000;

    private final LogConnection calls;
    private final Collection<LeaseWait> waits;
    private final Duration pause;
    private final ScheduledExecutorService thread;
    private final Recurring reading = Recurring.of("The reading of node rows", this::readOnce);
    private final AtomicBoolean arranged = new AtomicBoolean();
    private final Map<String, LogPosition> applied = new ConcurrentHashMap<>();

    /**
     * @param waits those who wait at the moment; may change at any time
     * @param thread may block while the store is read
     */
    NodeProgressPoller(
            RevocationLog log, Collection<LeaseWait> waits, Duration pause, ScheduledExecutorService thread) {
        this.calls = LogConnection.of(log);
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

    /**
     * Somebody waits now: reads until nobody does, and at once if all nodes are said to have come
     * as far as that.
     */
    void ask(LeaseWait wait) {
        ask();
        if (isSaidToBeOver(wait)) {
            thread.execute(reading);
        }
    }

    /**
     * Nodes are said to have applied the log so far: reads at once if somebody waits for no more.
     *
     * @param words how far, by whoever says so
     * @return whether that settled a node for anybody; true where nothing was read
     */
    boolean poked(Map<String, LogPosition> words, LogConnection connection) {
        if (applied.size() > MOST_WORDS) {
            applied.clear();
        }
        applied.putAll(words);
        List<LeaseWait> now = waits.stream().filter(this::isSaidToBeOver).toList();
        if (now.isEmpty()) {
            return true;
        }
        int before = awaited(now).size();
        readFor(now, connection);
        return awaited(now).size() < before;
    }

    /** Whether as many have come so far as are waited for. */
    private boolean isSaidToBeOver(LeaseWait wait) {
        LogPosition upTo = wait.commit().upTo();
        return applied.values().stream()
                        .filter(position -> position.reaches(upTo))
                        .count()
                >= wait.awaited().size();
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
                readFor(now, calls);
            }
        } catch (RuntimeException e) {
            LOG.log(Level.DEBUG, "The node rows could not be read; logouts wait for the clock meanwhile.", e);
        }
    }

    private static void readFor(List<LeaseWait> some, LogConnection connection) {
        NodeRows rows = connection.nodesAmong(awaited(some));
        some.forEach(wait -> wait.read(rows));
    }

    private static Set<String> awaited(List<LeaseWait> some) {
        return some.stream().flatMap(wait -> wait.awaited().stream()).collect(Collectors.toSet());
    }
}
