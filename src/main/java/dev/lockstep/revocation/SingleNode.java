package dev.lockstep.revocation;

import dev.lockstep.LockstepException;
import dev.lockstep.spi.NodeClock;
import dev.lockstep.spi.RevocationLog;
import dev.lockstep.spi.RevocationLog.NodeRow;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/**
 * The rule of {@code lockstep.nodes=single}: a second live node must not start.
 *
 * <p>Rows of other nodes may be left over from nodes that were killed, so they are put to the test:
 * all are fenced. A live node notices with its next poll and registers again, under an identifier
 * that is known to be the same node's; a dead one does not. Registrations are made one after the
 * other under the log's lock, so of two nodes that start at the same time exactly the later one
 * sees the other, which is alive. One that comes back to life when its test is over finds its row
 * gone, and what then is in {@link SingleNodeSlot}.
 */
final class SingleNode {

    /**
     * A live node polls several times in it, even where garbage collection stops it for a second.
     */
    private static final Duration SHORTEST_TEST = Duration.ofSeconds(2);
    /** Short beside the test, and 20 small statements a second beside nothing else. */
    private static final Duration PAUSE = Duration.ofMillis(50);

    private final RevocationLog log;
    private final Predicate<String> own;
    private final NodeClock clock;

    /** @param own whether a row identifier is one of this node's */
    SingleNode(RevocationLog log, Predicate<String> own, NodeClock clock) {
        this.log = log;
        this.own = own;
        this.clock = clock;
    }

    boolean isRegistered(String nodeId) {
        return log.nodes().rows().stream().anyMatch(row -> row.id().equals(nodeId));
    }

    /** The rows of other nodes, dead or alive. */
    List<NodeRow> others() {
        return log.nodes().rows().stream().filter(row -> !own.test(row.id())).toList();
    }

    /**
     * Blocks until it is certain that none of these nodes is alive, about one lease, and deletes
     * their rows.
     *
     * @throws LockstepException if one is, naming it
     */
    void ensureNoneAlive(List<NodeRow> others) {
        findAlive(others).ifPresent(SingleNode::refuse);
    }

    /**
     * One of these nodes that is alive; or else, after about one lease, empty, and their rows are
     * deleted.
     */
    Optional<NodeRow> findAlive(List<NodeRow> others) {
        if (others.isEmpty()) {
            return Optional.empty();
        }
        List<String> ids = others.stream().map(NodeRow::id).toList();
        log.fence(ids);
        Optional<NodeRow> alive = awaitSignOfLife(ids, testTime(others));
        if (alive.isEmpty()) {
            log.remove(ids);
            alive = signOfLife(ids);
        }
        return alive;
    }

    private Optional<NodeRow> awaitSignOfLife(List<String> fenced, Duration atMost) {
        long end = clock.nanoTime() + atMost.toNanos();
        Optional<NodeRow> alive;
        do {
            LockSupport.parkNanos(PAUSE.toNanos());
            alive = signOfLife(fenced);
        } while (alive.isEmpty() && clock.nanoTime() - end < 0);
        return alive;
    }

    private Optional<NodeRow> signOfLife(List<String> fenced) {
        return log.nodes().rows().stream().filter(row -> isAlive(row, fenced)).findAny();
    }

    private static boolean isAlive(NodeRow row, List<String> fenced) {
        return !fenced.contains(row.id()) && fenced.stream().anyMatch(id -> CurrentFacts.areOfOneNode(id, row.id()));
    }

    private static Duration testTime(List<NodeRow> others) {
        Duration longest =
                others.stream().map(NodeRow::lease).max(Duration::compareTo).orElseThrow();
        Duration over = ProtocolLimits.certainlyOver(longest);
        return over.compareTo(SHORTEST_TEST) < 0 ? SHORTEST_TEST : over;
    }

    private static void refuse(NodeRow live) {
        throw new LockstepException(
                "LOCKSTEP-0206 lockstep.nodes is single, but another node of this application is running: "
                        + live.name() + ". Stop it first, or set lockstep.nodes=many. other=" + live.name(),
                null);
    }
}
