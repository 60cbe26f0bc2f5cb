package dev.lockstep.revocation;

import dev.lockstep.LockstepException;
import dev.lockstep.spi.NodeClock;
import dev.lockstep.spi.RevocationLog;
import dev.lockstep.spi.RevocationLog.NodeRow;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * The rule of {@code lockstep.nodes=single}: a second live node must not start.
 *
 * <p>Rows of other nodes may be left over from nodes that were killed, so they are put to the test: all are fenced. A
 * live node notices with its next poll and registers anew, under an identifier that is known to be the same node's; a
 * dead one does not. Registrations are made one after the other under the log's lock, so of two nodes that start at the
 * same time exactly the later one sees the other, which is alive.
 */
final class SingleNode {

    private static final Duration SHORTEST_TEST = Duration.ofSeconds(2);
    private static final Duration PAUSE = Duration.ofMillis(50);

    private final RevocationLog log;
    private final NodeClock clock;

    SingleNode(RevocationLog log, NodeClock clock) {
        this.log = log;
        this.clock = clock;
    }

    /**
     * Blocks until it is certain that none of these nodes is alive, about one lease, and deletes their rows.
     *
     * @throws LockstepException if one is, naming it
     */
    void ensureNoneAlive(List<NodeRow> others) {
        if (others.isEmpty()) {
            return;
        }
        List<String> ids = others.stream().map(NodeRow::id).toList();
        log.fence(ids);
        long end = clock.nanoTime() + testTime(others).toNanos();
        do {
            LockSupport.parkNanos(PAUSE.toNanos());
            log.nodes().stream().filter(row -> isAlive(row, ids)).findAny().ifPresent(SingleNode::refuse);
        } while (clock.nanoTime() - end < 0);
        log.remove(ids);
    }

    private static boolean isAlive(NodeRow row, List<String> fenced) {
        return !fenced.contains(row.id()) && fenced.stream().anyMatch(id -> NodeIdentity.areOfOneNode(id, row.id()));
    }

    private static Duration testTime(List<NodeRow> others) {
        Duration longest =
                others.stream().map(NodeRow::lease).max(Duration::compareTo).orElseThrow();
        Duration over = LeaseTime.certainlyOver(longest);
        return over.compareTo(SHORTEST_TEST) < 0 ? SHORTEST_TEST : over;
    }

    private static void refuse(NodeRow live) {
        throw new LockstepException(
                "LOCKSTEP-0206 lockstep.nodes is single, but another node of this application is running: "
                        + live.name() + ". Stop it first, or set lockstep.nodes=many.",
                null);
    }
}
