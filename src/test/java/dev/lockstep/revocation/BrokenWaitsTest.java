package dev.lockstep.revocation;

import static dev.lockstep.revocation.RevocationSamples.open;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.RevocationUnconfirmedException;
import dev.lockstep.contract.HandClock;
import dev.lockstep.contract.NaiveStore;
import dev.lockstep.revocation.LeaseWait.Commit;
import dev.lockstep.spi.LogConnection;
import dev.lockstep.spi.LogPosition;
import dev.lockstep.spi.NodeListener;
import dev.lockstep.spi.RevocationLog.Committed;
import dev.lockstep.spi.RevocationTarget.OfToken;
import dev.lockstep.spi.Revoked;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Waits that nobody can watch any more, and words of nodes that are not true. */
class BrokenWaitsTest {

    private static final Duration LEASE = Duration.ofSeconds(2);

    private final NaiveStore store = new NaiveStore();
    private final FaultyLog log = new FaultyLog(store);
    private final HandClock clock = new HandClock();
    private final HandScheduler timer = new HandScheduler(clock);
    private final HandScheduler reading = new HandScheduler(clock);
    private final HandScheduler idle = new HandScheduler(clock);
    private final LeaseWaits room = new LeaseWaits(
            log,
            id -> false,
            Duration.ofMillis(25),
            clock,
            new NodeThreads(idle, timer, reading, idle, idle),
            new NodeListener() {
                @Override
                public void nodeSettled(String node, SettledBy how, Duration after) {
                    if (how == SettledBy.WAITED_OUT) {
                        throw new OutOfMemoryError("a failure of a test");
                    }
                }
            });
    private long sessions;

    @Test
    void aWaitForWhichNoTimerIsSetFails() {
        store.register("dead", "a dead node", LEASE);
        timer.failsOnce = true;

        assertUnwatched(enter());
    }

    @Test
    void aReadingThatCouldNotBeArrangedIsArrangedByTheNext() {
        store.register("slow", "a slow node", LEASE);
        reading.failsOnce = true;
        assertUnwatched(enter());

        assertThat(enter().over()).isNotDone();

        assertThat(reading.waiting()).isOne();
    }

    @Test
    void whereTheClockCanNotEndOneWaitTheOthersFail() {
        store.register("dead", "a dead node", LEASE);
        LeaseWait first = enter();
        store.remove(List.of("dead"));
        store.register("slow", "a slow node", LEASE.multipliedBy(2));
        LeaseWait second = enter();

        timer.advance(LEASE.multipliedBy(2));

        assertThat(first.over()).isDone();
        assertUnwatched(second);
    }

    /** So that whoever makes up such words pays for the readings. */
    @Test
    void aWordThatSettlesNobodyIsToldApart() {
        store.register("slow", "a slow node", LEASE);
        LogConnection connection = LogConnection.of(store);
        assertThat(room.poked(Map.of("slow", new LogPosition(1, 0)), connection))
                .isTrue();
        LogPosition upTo = enter().commit().upTo();

        assertThat(room.poked(Map.of("slow", new LogPosition(1, 0)), connection))
                .isTrue();
        assertThat(room.poked(Map.of("slow", upTo), connection)).isFalse();
        store.acknowledge("slow", upTo);
        assertThat(room.poked(Map.of("slow", upTo), connection)).isTrue();
    }

    /** They take memory, and a word that is forgotten costs no more than a pause. */
    @Test
    void wordsAreForgottenWhereThereAreTooMany() {
        assertThat(isReadAtOnceBehind(2_000)).isTrue();
        assertThat(isReadAtOnceBehind(2_001)).isFalse();
    }

    private boolean isReadAtOnceBehind(int words) {
        Map<String, LogPosition> many = IntStream.range(0, words)
                .boxed()
                .collect(Collectors.toMap(number -> "node" + number, number -> new LogPosition(1, 1_000)));
        LogConnection connection = LogConnection.of(store);
        room.poked(many, connection);
        room.poked(Map.of("another", new LogPosition(1, 0)), connection);
        store.register("slow", "a slow node", LEASE);
        int before = log.readings;
        enter();
        reading.run();
        return log.readings > before;
    }

    private static void assertUnwatched(LeaseWait wait) {
        assertThatThrownBy(wait.over()::join)
                .hasCauseInstanceOf(RevocationUnconfirmedException.class)
                .hasMessageContaining("LOCKSTEP-0205");
    }

    private LeaseWait enter() {
        OfToken target = new OfToken(open(store, ++sessions).digest());
        Committed<List<Revoked>> committed = store.commitRevocations(List.of(target));
        LogPosition upTo = Objects.requireNonNull(committed.outcome().get(0).upTo());
        return room.enter(new Commit(upTo, committed.nodes(), Lease.Start.now(clock)), true);
    }
}
