package dev.lockstep.revocation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.RevocationsMissed.Reason;
import dev.lockstep.contract.CapturedLog;
import dev.lockstep.contract.HandClock;
import dev.lockstep.spi.LogPosition;
import dev.lockstep.spi.NodeListener;
import dev.lockstep.spi.RevocationLog.LogPage;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who a node is, and what it tells of its registrations. */
class CurrentFactsTest {

    private final HandClock clock = new HandClock();
    private final RecordedListener listener = new RecordedListener();
    private final CurrentFacts current = new CurrentFacts(clock, listener, NodeListener.NONE);

    @Test
    void allRowsOfANodeNameItAndNoOthersDo() {
        String first = current.nextNodeId();
        String second = current.nextNodeId();
        CurrentFacts other = new CurrentFacts(clock, listener, NodeListener.NONE);

        assertThat(first).isNotEqualTo(second).startsWith(current.node());
        assertThat(CurrentFacts.nodeOf(first)).isEqualTo(current.node()).isEqualTo(CurrentFacts.nodeOf(second));
        assertThat(CurrentFacts.nodeOf(other.nextNodeId())).isNotEqualTo(current.node());
    }

    @Test
    void aPollTellsTheVersionOfTheKey() {
        LogPage page = new LogPage(null, new LogPosition(1, 0), 0, 1_800_000_000_000L, List.of(), 7);

        current.keyTold(page, Lease.Start.now(clock));

        assertThat(listener.keys).containsExactly(7L);
    }

    @Test
    void whatMayHaveBeenMissedIsLoggedWithItsReason() {
        try (CapturedLog log = new CapturedLog(CurrentFacts.class.getName())) {
            current.missed(Reason.LOG_TRIMMED);

            assertThat(log.messages())
                    .singleElement()
                    .asString()
                    .startsWith("LOCKSTEP-0220 ")
                    .endsWith("reason=LOG_TRIMMED");
        }
        assertThat(listener.missed).containsExactly(Reason.LOG_TRIMMED);
    }
}
