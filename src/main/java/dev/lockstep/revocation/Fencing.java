package dev.lockstep.revocation;

import dev.lockstep.concurrent.Recurring;
import dev.lockstep.spi.NodeListener;
import dev.lockstep.spi.RevocationLog;
import dev.lockstep.spi.RevocationLog.NodeRow;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Fences nodes that a logout had to wait out, and deletes their rows one such wait later, so that a
 * dead node slows the logouts of two leases and no more. Each row is kept for 1.25 of its own
 * node's lease, counted from the commit of the fence, since a poll that was under way then may
 * still have granted one.
 *
 * <p>Thread-safe. All of it is done on a thread that no logout waits for. What fails is left to the
 * next logout that has to wait for the same node.
 */
final class Fencing {

    private static final Logger LOG = System.getLogger(Fencing.class.getName());

    private final RevocationLog log;
    private final ScheduledExecutorService housekeeping;
    private final NodeListener observer;

    Fencing(RevocationLog log, ScheduledExecutorService housekeeping, NodeListener observer) {
        this.log = log;
        this.housekeeping = housekeeping;
        this.observer = observer;
    }

    /** @param waitedOut perhaps the same node more than once */
    void fence(List<NodeRow> waitedOut) {
        Map<String, NodeRow> nodes = new LinkedHashMap<>();
        waitedOut.forEach(row -> nodes.put(row.id(), row));
        if (!nodes.isEmpty()) {
            List<NodeRow> rows = List.copyOf(nodes.values());
            LOG.log(
                    Level.WARNING,
                    () -> "LOCKSTEP-0204 A logout had to wait out the lease of " + names(rows, ", ")
                            + ", which did not confirm it in time. If it is gone for good, nothing needs to be done."
                            + " waitedOut=" + names(rows, ","));
            housekeeping.execute(Recurring.of("The fencing of nodes", () -> fenceNow(rows)));
        }
    }

    private void fenceNow(List<NodeRow> rows) {
        try {
            log.fence(rows.stream().map(NodeRow::id).toList());
            rows.forEach(this::removeLater);
            rows.forEach(row -> observer.fenced(row.name()));
        } catch (RuntimeException e) {
            LOG.log(Level.DEBUG, "Nodes could not be fenced; the next logout tries again.", e);
        }
    }

    private void removeLater(NodeRow fenced) {
        var unused = housekeeping.schedule(
                Recurring.of("The deletion of a fenced node's row", () -> remove(fenced)),
                ProtocolLimits.certainlyOver(fenced.lease()).toNanos(),
                TimeUnit.NANOSECONDS);
    }

    private void remove(NodeRow fenced) {
        try {
            log.remove(List.of(fenced.id()));
        } catch (RuntimeException e) {
            LOG.log(Level.DEBUG, "The row of a fenced node could not be deleted; the next logout tries again.", e);
        }
    }

    private static String names(List<NodeRow> rows, String separator) {
        List<String> names = new ArrayList<>();
        rows.forEach(row -> names.add(row.name()));
        return String.join(separator, names.stream().distinct().toList());
    }
}
