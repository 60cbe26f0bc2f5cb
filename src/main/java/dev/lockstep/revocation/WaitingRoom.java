package dev.lockstep.revocation;

import dev.lockstep.LogPosition;
import dev.lockstep.RevocationUnconfirmedException;
import dev.lockstep.spi.NodeClock;
import dev.lockstep.spi.RevocationLog;
import dev.lockstep.spi.RevocationLog.NodeRow;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Where revocations wait for the other nodes. All of them share the readings of the node rows: one reading at a time,
 * the next as soon as somebody else has come, or a moment later for as long as anybody waits; none when nobody does.
 *
 * <p>A reading counts only for the waits that were in the room before it was sent, so that every wait's rows are read
 * after its commit. Nodes that had to be waited for are fenced, and their rows deleted one such wait later, so that a
 * dead node slows the logouts of two leases and no more.
 *
 * <p>When the room is closed, all who wait are told: else they would wait for ever, as its scheduler ends with it.
 *
 * <p>Thread-safe. {@code reading} admits one reader, and only who holds it touches {@code next}. A wait that enters while
 * a reader is about to leave is seen by either, since the reader looks into the room again after it has let go of
 * {@code reading}.
 */
final class WaitingRoom {

    private static final Logger LOG = System.getLogger(WaitingRoom.class.getName());

    private final RevocationLog log;
    private final NodeIdentity identity;
    private final Duration readDeadline;
    private final Duration pause;
    private final NodeClock clock;
    private final ScheduledExecutorService scheduler;
    private final List<Wait> waits = new CopyOnWriteArrayList<>();
    private final AtomicBoolean reading = new AtomicBoolean();
    private Future<?> next = CompletableFuture.completedFuture(null);
    private volatile boolean closed;

    /**
     * @param readDeadline how long to try to read the node rows for the first time
     * @param pause between two readings
     * @param scheduler a thread that may block while the store is read
     */
    WaitingRoom(
            RevocationLog log,
            NodeIdentity identity,
            Duration readDeadline,
            Duration pause,
            NodeClock clock,
            ScheduledExecutorService scheduler) {
        this.log = log;
        this.identity = identity;
        this.readDeadline = readDeadline;
        this.pause = pause;
        this.clock = clock;
        this.scheduler = scheduler;
    }

    /** Begins to wait until every node knows of what was committed up to a place, or can't be trusting copies. */
    Wait enter(LogPosition upTo) {
        Wait wait = new Wait(upTo, clock.nanoTime());
        waits.add(wait);
        var unused = wait.over().whenComplete((nothing, failure) -> waits.remove(wait));
        if (closed) {
            fail(List.of(wait), ended());
        }
        readNow();
        return wait;
    }

    /**
     * Nobody reads any more: whoever waits is told so, and whoever comes later. One that enters at the same time is in the
     * room before it looks whether that is closed, so that one of the two finds it.
     */
    void close() {
        closed = true;
        fail(List.copyOf(waits), ended());
    }

    private void readNow() {
        if (!waits.isEmpty() && reading.compareAndSet(false, true)) {
            try {
                scheduler.execute(this::read);
            } catch (RuntimeException e) {
                reading.set(false);
                fail(List.copyOf(waits), unread(e));
            }
        }
    }

    private void read() {
        next.cancel(false);
        Set<Wait> present = Set.copyOf(waits);
        try {
            List<NodeRow> others = others();
            long nanos = clock.nanoTime();
            List<NodeRow> waitedOut = new ArrayList<>();
            present.forEach(wait -> waitedOut.addAll(wait.read(others, nanos)));
            fence(waitedOut);
        } catch (RuntimeException e) {
            readFailed(present, e);
        } finally {
            readAgain();
            reading.set(false);
            if (!present.containsAll(waits)) {
                readNow();
            }
        }
    }

    /** For those who wait on; whoever enters meanwhile is not held up by the pause. */
    private void readAgain() {
        if (!waits.isEmpty()) {
            try {
                next = scheduler.schedule(this::readNow, pause.toNanos(), TimeUnit.NANOSECONDS);
            } catch (RuntimeException e) {
                fail(List.copyOf(waits), unread(e));
            }
        }
    }

    private List<NodeRow> others() {
        return log.nodes().rows().stream()
                .filter(row -> !identity.isOwn(row.id()))
                .toList();
    }

    private void readFailed(Set<Wait> present, RuntimeException e) {
        long nanos = clock.nanoTime();
        for (Wait wait : present) {
            if (wait.hasBegun()) {
                wait.elapse(nanos);
            } else if (nanos - wait.since() >= readDeadline.toNanos()) {
                fail(List.of(wait), unread(e));
            }
        }
    }

    private void fence(List<NodeRow> waitedOut) {
        List<NodeRow> unfenced =
                waitedOut.stream().filter(row -> !row.lease().isZero()).toList();
        if (!unfenced.isEmpty()) {
            List<String> ids = unfenced.stream().map(NodeRow::id).distinct().toList();
            LOG.log(
                    Level.WARNING,
                    () -> "LOCKSTEP-0204 A logout had to wait out the lease of " + names(unfenced)
                            + ", which did not confirm it in time. If it is gone for good, nothing needs to be done.");
            log.fence(ids);
            removeLater(unfenced, ids);
        }
    }

    private void removeLater(List<NodeRow> fenced, List<String> ids) {
        Duration longest =
                fenced.stream().map(NodeRow::lease).max(Duration::compareTo).orElseThrow();
        long delay = LeaseTime.certainlyOver(longest).toNanos();
        var unused = scheduler.schedule(() -> remove(ids), delay, TimeUnit.NANOSECONDS);
    }

    private void remove(List<String> ids) {
        try {
            log.remove(ids);
        } catch (RuntimeException e) {
            LOG.log(Level.DEBUG, "The rows of fenced nodes could not be deleted; the next logout tries again.", e);
        }
    }

    private static void fail(List<Wait> waits, RevocationUnconfirmedException e) {
        waits.forEach(wait -> wait.over().completeExceptionally(e));
    }

    private static RevocationUnconfirmedException unread(RuntimeException e) {
        return new RevocationUnconfirmedException(
                "LOCKSTEP-0205 The revocation is committed, but the other nodes can't be read to see whether"
                        + " they know of it. Revoke again to settle it.",
                e);
    }

    private static RevocationUnconfirmedException ended() {
        return new RevocationUnconfirmedException(
                "LOCKSTEP-0213 The revocation is committed, but the application ended here before it was seen whether the"
                        + " other nodes know of it. Revoke again to settle it.",
                null);
    }

    private static String names(List<NodeRow> rows) {
        return String.join(", ", rows.stream().map(NodeRow::name).distinct().toList());
    }
}
