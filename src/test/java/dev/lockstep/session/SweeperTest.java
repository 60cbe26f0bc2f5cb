package dev.lockstep.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.SessionExpired;
import dev.lockstep.contract.HandClock;
import dev.lockstep.contract.NaiveStore;
import dev.lockstep.contract.RecordedNodeEvents;
import dev.lockstep.contract.Samples;
import dev.lockstep.revocation.ProtocolLimits;
import dev.lockstep.spi.NewSession;
import dev.lockstep.spi.ReservedPrincipal;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which sessions are deleted, by the store's clock and the node's, which are moved by hand. */
class SweeperTest {

    private static final Duration IDLE = Duration.ofHours(1);

    private final NaiveStore store = new NaiveStore();
    private final HandClock clock = new HandClock();
    private final RecordedEvents events = new RecordedEvents();
    private OptionalLong read = OptionalLong.empty();
    private final RecordedNodeEvents told = new RecordedNodeEvents();
    private final Sweeper sweeper = new Sweeper(store, () -> read, clock, events, told.listener());

    @BeforeEach
    void open() {
        store.open(
                new NewSession("session", Samples.digest(), "alice", Set.of(), Map.of(), Duration.ofHours(12), IDLE));
    }

    @Test
    void sessionsThatHaveBeenOverForSomeTimeAreDeletedAndTold() {
        pass(IDLE);
        sweep();
        assertThat(events.of(SessionExpired.class)).isEmpty();

        pass(ProtocolLimits.SWEEP_GRACE.minusMillis(1));
        sweep();
        assertThat(events.of(SessionExpired.class)).isEmpty();

        pass(Duration.ofMillis(1));
        sweep();
        assertThat(events.of(SessionExpired.class))
                .extracting(event -> event.session().id())
                .containsExactly("session");
        assertThat(told.take()).containsExactly("sessionsEnded EXPIRY 1");
    }

    /** Nodes open those to try whether revocations are true; an application never heard of them. */
    @Test
    void ofLockstepsOwnSessionsNobodyIsTold() {
        store.open(new NewSession(
                "own", Samples.digest(), ReservedPrincipal.CANARY, Set.of(), Map.of(), Duration.ofHours(12), IDLE));
        pass(IDLE);
        sweep();
        pass(ProtocolLimits.SWEEP_GRACE);

        sweep();

        assertThat(store.count(ReservedPrincipal.CANARY)).isZero();
        assertThat(events.of(SessionExpired.class))
                .extracting(event -> event.session().id())
                .containsExactly("session");
        assertThat(told.take()).containsExactly("sessionsEnded EXPIRY 1");
    }

    /** It is the thread that fences nodes and trims the log as well. */
    @Test
    void observersAreToldOnAnotherThreadThanTheOneThatSweeps() {
        pass(IDLE);
        sweep();
        pass(ProtocolLimits.SWEEP_GRACE);

        sweep();

        assertThat(events.of(SessionExpired.class)).hasSize(1);
        assertThat(events.firedAtOnce()).isEmpty();
    }

    /** Else fencing and trimming would wait for as long as a backlog of many sessions takes. */
    @Test
    void aBacklogIsDeletedInBoundedPartsWhoseRestWaitsForTheNextTick() {
        int left = 10;
        int sessions = Sweeper.BATCHES * NaiveStore.SWEEP + left - 1;
        for (int i = 0; i < sessions; i++) {
            open();
        }
        pass(IDLE);
        sweep();
        pass(ProtocolLimits.SWEEP_GRACE);

        sweep();
        assertThat(events.of(SessionExpired.class)).hasSize(Sweeper.BATCHES * NaiveStore.SWEEP);

        sweep();
        assertThat(events.of(SessionExpired.class)).hasSize(Sweeper.BATCHES * NaiveStore.SWEEP + left);
    }

    @Test
    void aStoresClockThatJumpsAheadDeletesNothingAtOnce() {
        sweep();
        pass(ProtocolLimits.SWEEP_GRACE);
        store.advance(IDLE.multipliedBy(2));

        sweep();

        assertThat(events.of(SessionExpired.class)).isEmpty();
    }

    @Test
    void aNodesClockThatJumpsAheadDeletesNothingAtOnce() {
        store.advance(IDLE);
        sweep();
        clock.jump(ProtocolLimits.SWEEP_GRACE.multipliedBy(100));

        sweep();

        assertThat(events.of(SessionExpired.class)).isEmpty();
    }

    @Test
    void nothingIsDeletedWhereTheStoresClockWasNotRead() {
        pass(IDLE);
        sweeper.tick();
        pass(ProtocolLimits.SWEEP_GRACE);

        sweeper.tick();

        assertThat(events.of(SessionExpired.class)).isEmpty();
    }

    private void pass(Duration time) {
        store.advance(time);
        clock.advance(time);
    }

    private void sweep() {
        read = OptionalLong.of(store.now());
        sweeper.tick();
    }
}
