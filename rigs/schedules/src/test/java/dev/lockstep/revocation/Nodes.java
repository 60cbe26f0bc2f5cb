package dev.lockstep.revocation;

import dev.lockstep.revocation.LeaseWait.Commit;
import dev.lockstep.spi.LogPosition;
import dev.lockstep.spi.NodeClock;
import dev.lockstep.spi.NodeListener;
import dev.lockstep.spi.RevocationLog.NodeRow;
import dev.lockstep.spi.RevocationLog.NodeRows;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** Waits for nodes that have not applied what was committed. */
final class Nodes {

    static final LogPosition COMMITTED = new LogPosition(1, 2);

    /** Never moves: no lease ends. */
    static final NodeClock STILL = new NodeClock() {
        @Override
        public long nanoTime() {
            return 0;
        }

        @Override
        public long wallMillis() {
            return 0;
        }
    };

    private Nodes() {}

    static Commit commit(String... ids) {
        return new Commit(COMMITTED, new NodeRows(COMMITTED, rows(ids)), Lease.Start.now(STILL));
    }

    static LeaseWait waitFor(String... ids) {
        return new LeaseWait(commit(ids), rows(ids), true, STILL, NodeListener.NONE);
    }

    private static List<NodeRow> rows(String... ids) {
        return Stream.of(ids)
                .map(id -> new NodeRow(id, id, Duration.ofSeconds(2), new LogPosition(1, 1), false))
                .toList();
    }
}
