package dev.lockstep.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.StoreUnavailableException;
import dev.lockstep.contract.CapturedLog;
import dev.lockstep.contract.HandClock;
import dev.lockstep.spi.NodeListener.LeaseEnd;
import dev.lockstep.spi.NodeListener.QueueExit;
import dev.lockstep.spi.NodeListener.SettledBy;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The lines that operators find. */
class NodeEventLogTest {

    private static final String CONTEXT = "application=/shop node=A";

    private final HandClock clock = new HandClock();
    private final CapturedLog log = new CapturedLog(NodeEventLog.class.getName());
    private final NodeEventLog events = new NodeEventLog("/shop", "A", Duration.ofSeconds(2), clock);

    @AfterEach
    void close() {
        log.close();
    }

    @Test
    void aLeaseThatRanOutAndCameBackIsToldOnceEach() {
        events.leaseGranted(Duration.ofSeconds(2));
        events.leaseLost(LeaseEnd.RAN_OUT);
        clock.advance(Duration.ofSeconds(5));
        events.leaseGranted(Duration.ofSeconds(2));
        events.leaseGranted(Duration.ofSeconds(2));

        assertThat(log.messages()).hasSize(2);
        assertThat(log.messages().get(0)).startsWith("LOCKSTEP-0601 ").endsWith(CONTEXT);
        assertThat(log.messages().get(1)).startsWith("LOCKSTEP-0602 ").endsWith(CONTEXT + " without=PT5S");
    }

    @Test
    void aLeaseThatIsGivenUpIsNoEventOfItsOwn() {
        events.leaseLost(LeaseEnd.WITHDRAWN);
        events.leaseGranted(Duration.ofSeconds(2));

        assertThat(log.messages()).isEmpty();
    }

    @Test
    void aLogoutThatTakesLongerThanALeaseIsToldOnceAMinute() {
        events.revoked(Duration.ofSeconds(2), null);
        assertThat(log.messages()).isEmpty();

        events.revoked(Duration.ofSeconds(3), null);
        events.revoked(Duration.ofSeconds(4), null);
        clock.advance(Duration.ofMinutes(1));
        events.revoked(Duration.ofSeconds(5), null);

        assertThat(log.messages())
                .hasSize(2)
                .allSatisfy(line -> assertThat(line).startsWith("LOCKSTEP-0603 "))
                .first()
                .asString()
                .endsWith(CONTEXT + " took=PT3S");
    }

    @Test
    void aLogoutThatFailsIsToldWithTheNumberOfItsReasonOnceAMinute() {
        StoreUnavailableException failure = new StoreUnavailableException("LOCKSTEP-0213 of alice", null);
        events.revoked(Duration.ofSeconds(3), failure);
        events.revoked(Duration.ofSeconds(3), failure);

        assertThat(log.messages())
                .singleElement()
                .asString()
                .startsWith("LOCKSTEP-0604 ")
                .endsWith(CONTEXT + " took=PT3S cause=LOCKSTEP-0213");
    }

    @Test
    void aFailureWithoutANumberIsToldByItsClass() {
        events.revoked(Duration.ZERO, new IllegalStateException());

        assertThat(log.messages()).singleElement().asString().endsWith("cause=java.lang.IllegalStateException");
    }

    @Test
    void aNodeThatWasFencedIsNamed() {
        events.fenced("B");

        assertThat(log.messages())
                .singleElement()
                .asString()
                .startsWith("LOCKSTEP-0605 ")
                .endsWith(CONTEXT + " fenced=B");
    }

    @Test
    void aNodeThatDoesNotAcknowledgeThreePushesIsToldOnceAndWhenItDoesAgain() {
        events.pushed(2);
        settle("B", SettledBy.APPLIED, 2);
        settle("C", SettledBy.ACKNOWLEDGED, 1);
        assertThat(log.messages()).isEmpty();

        settle("B", SettledBy.APPLIED, 3);
        settle("C", SettledBy.ACKNOWLEDGED, 1);
        settle("B", SettledBy.ACKNOWLEDGED, 2);

        assertThat(log.messages()).hasSize(2);
        assertThat(log.messages().get(0)).startsWith("LOCKSTEP-0606 ").endsWith(CONTEXT + " silent=B");
        assertThat(log.messages().get(1)).startsWith("LOCKSTEP-0607 ").endsWith(CONTEXT + " acknowledging=B missed=5");
    }

    @Test
    void aNodeThatHasEndedDoesNotHaveToAcknowledge() {
        events.pushed(1);
        settle("B", SettledBy.APPLIED, 2);
        settle("B", SettledBy.GONE, 3);
        settle("B", SettledBy.APPLIED, 2);

        assertThat(log.messages()).isEmpty();
    }

    /** This node does not hear the others then. */
    @Test
    void whoIsPokedDoesNotHaveToAcknowledge() {
        events.pushed(1);
        events.poking(1);
        settle("B", SettledBy.APPLIED, 5);
        assertThat(log.messages()).isEmpty();

        events.pushed(1);
        settle("B", SettledBy.APPLIED, 3);
        assertThat(log.messages()).singleElement().asString().startsWith("LOCKSTEP-0606 ");
    }

    @Test
    void withoutAChannelNobodyHasToAcknowledge() {
        settle("B", SettledBy.APPLIED, 5);

        assertThat(log.messages()).isEmpty();
    }

    @Test
    void fullQueuesAndTimeOutsAreToldOnceAMinute() {
        events.storeDequeued("reads", Duration.ZERO, QueueExit.BEGUN);
        events.storeDequeued("reads", Duration.ZERO, QueueExit.REFUSED);
        events.storeDequeued("reads", Duration.ZERO, QueueExit.REFUSED);
        events.storeTimedOut("feed");
        events.storeTimedOut("feed");

        assertThat(log.messages()).hasSize(2);
        assertThat(log.messages().get(0)).startsWith("LOCKSTEP-0608 ").endsWith(CONTEXT + " queue=reads");
        assertThat(log.messages().get(1)).startsWith("LOCKSTEP-0609 ").endsWith(CONTEXT + " queue=feed");
    }

    private void settle(String node, SettledBy how, int times) {
        for (int i = 0; i < times; i++) {
            events.nodeSettled(node, how, Duration.ZERO);
        }
    }
}
