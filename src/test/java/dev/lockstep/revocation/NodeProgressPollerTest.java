package dev.lockstep.revocation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.contract.HandClock;
import dev.lockstep.contract.NaiveStore;
import dev.lockstep.revocation.LeaseWait.Commit;
import dev.lockstep.spi.LogPosition;
import dev.lockstep.spi.NodeListener;
import dev.lockstep.spi.RevocationLog.NodeRow;
import dev.lockstep.spi.RevocationLog.NodeRows;
import java.time.Duration;
import java.util.AbstractCollection;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A reader that leaves, and a wait that comes in the moment in which it has looked who waits. */
class NodeProgressPollerTest {

    private static final Duration PAUSE = Duration.ofMillis(25);

    private final HandClock clock = new HandClock();
    private final HandScheduler reading = new HandScheduler(clock);
    private final Waits waits = new Waits();
    private final NodeProgressPoller poller = new NodeProgressPoller(new NaiveStore(), waits, PAUSE, reading);

    @Test
    void aWaitThatComesWhileTheReaderLeavesIsReadFor() {
        LeaseWait late = waitFor("a node");
        waits.meanwhile = () -> {
            waits.add(late);
            poller.ask(late);
        };
        poller.ask();

        reading.advance(PAUSE.multipliedBy(2));

        assertThat(late.over()).isDone();
    }

    private LeaseWait waitFor(String node) {
        LogPosition upTo = new LogPosition(1, 2);
        List<NodeRow> rows = List.of(new NodeRow(node, node, Duration.ofSeconds(2), new LogPosition(1, 1), false));
        Commit commit = new Commit(upTo, new NodeRows(upTo, rows), Lease.Start.now(clock));
        return new LeaseWait(commit, rows, true, clock, NodeListener.NONE);
    }

    /** Behind the first look whether any are there something happens. */
    private static final class Waits extends AbstractCollection<LeaseWait> {

        private final List<LeaseWait> waits = new ArrayList<>();
        private Runnable meanwhile = () -> {};

        @Override
        public boolean add(LeaseWait wait) {
            return waits.add(wait);
        }

        @Override
        public Iterator<LeaseWait> iterator() {
            return waits.iterator();
        }

        @Override
        public int size() {
            return waits.size();
        }

        @Override
        public boolean isEmpty() {
            boolean empty = waits.isEmpty();
            Runnable now = meanwhile;
            meanwhile = () -> {};
            now.run();
            return empty;
        }
    }
}
