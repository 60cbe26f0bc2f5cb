package dev.lockstep.spi;

import dev.lockstep.spi.RevocationLog.LogPage;
import dev.lockstep.spi.RevocationLog.NodeRows;
import java.util.Collection;
import java.util.Set;

/**
 * A node's way to the revocation log where a logout waits for it: no call changes threads on its
 * way to the store. Deadlines, errors and what a call sees are those of {@link RevocationLog}.
 * Thread-safe.
 */
public interface LogConnection {

    /** {@link RevocationLog#poll}. */
    LogPage poll(String nodeId, LogPosition after, int limit);

    /**
     * {@link RevocationLog#acknowledge}, and tells those who wait for it, where the store has a
     * channel of its own that is up.
     *
     * @param senders of the pokes that asked for it; may be empty
     * @return whether they were told
     */
    boolean acknowledge(String nodeId, LogPosition applied, Set<String> senders);

    /** {@link RevocationLog#nodesAmong}. */
    NodeRows nodesAmong(Collection<String> nodeIds);

    /** The calls of a log itself, on whichever threads it has them done. */
    static LogConnection of(RevocationLog log) {
        return new LogConnection() {
            @Override
            public LogPage poll(String nodeId, LogPosition after, int limit) {
                return log.poll(nodeId, after, limit);
            }

            @Override
            public boolean acknowledge(String nodeId, LogPosition applied, Set<String> senders) {
                log.acknowledge(nodeId, applied);
                return senders.isEmpty();
            }

            @Override
            public NodeRows nodesAmong(Collection<String> nodeIds) {
                return log.nodesAmong(nodeIds);
            }
        };
    }
}
