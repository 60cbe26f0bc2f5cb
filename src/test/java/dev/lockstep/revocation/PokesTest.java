package dev.lockstep.revocation;

import static dev.lockstep.revocation.RevocationSamples.open;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.SessionCopy;
import dev.lockstep.revocation.LeaseWait.Commit;
import dev.lockstep.spi.LogConnection;
import dev.lockstep.spi.LogPosition;
import dev.lockstep.spi.NodeListener;
import dev.lockstep.spi.Poke;
import dev.lockstep.spi.Poke.Kind;
import dev.lockstep.spi.RevocationChannel;
import dev.lockstep.spi.RevocationChannel.Message;
import dev.lockstep.spi.RevocationLog.NodeRow;
import dev.lockstep.spi.Revoked;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a node does about pokes, whoever sends them; every thread and clock is moved by hand. */
class PokesTest extends FeedScenario {

    private static final Duration PAUSE = Duration.ofMillis(25);

    private final HandScheduler reading = new HandScheduler(clock);
    private final LeaseWaits waits = new LeaseWaits(
            log,
            id -> id.equals(node.rowId()),
            PAUSE,
            clock,
            new NodeThreads(
                    new HandScheduler(clock),
                    new HandScheduler(clock),
                    reading,
                    new HandScheduler(clock),
                    new HandScheduler(clock)),
            NodeListener.NONE);
    private final RecordedAnswers channel = new RecordedAnswers();
    private int ticks;
    private int sessions = 1_000;
    private final Pokes pokes = new Pokes(
            node.current, node.feed, waits, () -> ticks++, LogConnection.of(log), channel, clock, node.told.listener());

    @Test
    void aPushThatSaysNothingNewIsAcknowledgedWithinABound() {
        node.started();
        Message message =
                new Message(node.current.get().epoch(), revoke(open(store, 1)).revocations());
        assertThat(pokes.apply(message)).contains(node.rowId());
        for (int i = 0; i < Pokes.ANSWERS_PER_SECOND; i++) {
            assertThat(pokes.apply(message)).contains(node.rowId());
        }

        assertThat(pokes.apply(message)).isEmpty();
        assertThat(pokes.apply(
                        new Message(message.epoch(), revoke(open(store, 2)).revocations())))
                .contains(node.rowId());
        clock.advance(Duration.ofSeconds(1));
        assertThat(pokes.apply(message)).contains(node.rowId());
    }

    @Test
    void aPokedNodeKnowsOfTheRevocationAtOnceAndSaysSo() {
        node.started();
        SessionCopy copy = open(store, 1);
        LogPosition head = upTo(revoke(copy));

        assertThat(pokes.poked(List.of(committed(head, "a")))).isZero();

        assertThat(node.judge(copy)).isEqualTo(Verdict.REVOKED);
        assertThat(row(node.rowId()).applied()).isEqualTo(head);
        assertThat(channel.answers).containsExactly(head + " [a]");
        assertThat(node.told.of("poked")).containsExactly("poked 1");
    }

    @Test
    void whatAPokeClaimsIsNotBelieved() {
        node.started();
        LogPosition before = node.feed.applied();
        SessionCopy copy = open(store, 1);

        pokes.poked(List.of(committed(new LogPosition(before.epoch(), Long.MAX_VALUE), "a")));
        pokes.poked(List.of(committed(new LogPosition(before.epoch() + 1, 1), "b")));

        assertThat(node.feed.applied()).isEqualTo(before);
        assertThat(node.judge(copy)).isEqualTo(Verdict.LIVE);
        assertThat(row(node.rowId()).applied()).isEqualTo(before);
        assertThat(channel.answers).containsExactly(before + " [a]", before + " [b]");
    }

    @Test
    void aPokeBeforeTheNodeIsRegisteredRegistersNothing() {
        assertThat(pokes.poked(List.of(committed(new LogPosition(1, 1), "a")))).isZero();

        assertThat(store.nodes().rows()).isEmpty();
        assertThat(log.polls).isZero();
        assertThat(ticks).isZero();
    }

    @Test
    void noPokeIsFreeBeforeTheNodeIsRegistered() {
        Poke poke = committed(new LogPosition(1, 1), "a");
        for (int i = 0; i < Pokes.USELESS_AT_ONCE; i++) {
            assertThat(pokes.poked(List.of(poke))).isZero();
        }

        assertThat(pokes.poked(List.of(poke))).isPositive();
    }

    @Test
    void aLeaseThatHasRunOutBeforeAPokeIsToldAsLost() {
        node.started();
        clock.advance(TestNode.LEASE);
        node.told.take();

        pokes.poked(List.of(committed(upTo(revoke(open(store, 1))), "a")));

        assertThat(node.told.of("leaseLost", "leaseGranted")).containsExactly("leaseLost RAN_OUT", "leaseGranted");
    }

    @Test
    void aNodeThatFindsItselfFencedStartsAfreshSoon() {
        node.started();
        store.fence(List.of(node.rowId()));
        LogPosition head = upTo(revoke(open(store, 1)));

        pokes.poked(List.of(committed(head, "a")));

        assertThat(ticks).isEqualTo(1);
        assertThat(channel.answers).isEmpty();
    }

    @Test
    void whatIsKnownAlreadyIsAnsweredWithoutAPollAndOnlyOnce() {
        node.started();
        LogPosition head = upTo(revoke(open(store, 1)));
        node.feed.tick();
        int polls = log.polls;

        pokes.poked(List.of(committed(head, "a")));
        pokes.poked(List.of(committed(head, "a")));
        pokes.poked(List.of(committed(head, "b")));
        pokes.poked(List.of(committed(head, "a")));

        assertThat(log.polls).isEqualTo(polls);
        assertThat(channel.answers).containsExactly(head + " [a]", head + " [b]");
    }

    @Test
    void manyPokesTogetherAreOnePoll() {
        node.started();
        List<Poke> all = new ArrayList<>();
        for (int i = 1; i <= 300; i++) {
            all.add(committed(upTo(revoke(open(store, i))), "sender" + i));
        }
        int polls = log.polls;

        pokes.poked(all);

        assertThat(log.polls).isEqualTo(polls + 1);
        assertThat(channel.answers).hasSize(1);
    }

    @Test
    void aFloodOfForgedPokesIsPaidFromABudget() {
        node.started();
        LogPosition before = node.feed.applied();
        int polls = log.polls;
        Duration pause = Duration.ZERO;
        int passed = 0;
        for (int i = 1; pause.isZero(); i++) {
            pause = pokes.poked(List.of(committed(new LogPosition(before.epoch(), 1_000 + i), "forged" + i)));
            passed += pause.isZero() ? 1 : 0;
        }
        assertThat(passed).isEqualTo(Pokes.USELESS_AT_ONCE);
        assertThat(log.polls).isEqualTo(polls + Pokes.USELESS_AT_ONCE);

        clock.advance(Duration.ofSeconds(1));
        for (int i = 0; i < 1_000; i++) {
            pokes.poked(List.of(committed(new LogPosition(before.epoch(), 9_000 + i), "more" + i)));
        }
        assertThat(log.polls).isEqualTo(polls + Pokes.USELESS_AT_ONCE + Pokes.USELESS_PER_SECOND);
        assertThat(node.told.of("poked")).hasSize(Pokes.USELESS_AT_ONCE + Pokes.USELESS_PER_SECOND);
    }

    @Test
    void ofThoseWhomItHasAnsweredItRemembersNotAll() {
        node.started();
        LogPosition head = upTo(revoke(open(store, 1)));
        Poke first = committed(head, "first");
        pokes.poked(List.of(first));
        pokes.poked(List.of(first));
        assertThat(channel.answers).containsExactly(head + " [first]");

        pokes.poked(IntStream.range(0, 999)
                .mapToObj(i -> committed(head, "sender" + i))
                .toList());
        pokes.poked(List.of(committed(head, "onemore")));
        channel.answers.clear();
        pokes.poked(List.of(first));
        assertThat(channel.answers).isEmpty();

        pokes.poked(List.of(committed(head, "yetonemore")));
        channel.answers.clear();
        pokes.poked(List.of(first));
        assertThat(channel.answers).containsExactly(head + " [first]");
    }

    @Test
    void afterTheFloodsPauseARealPokeIsHeardWithTheRest() {
        node.started();
        LogPosition before = node.feed.applied();
        Duration pause = Duration.ZERO;
        while (pause.isZero()) {
            pause = pokes.poked(List.of(committed(new LogPosition(before.epoch(), 1_000), "forged")));
        }
        SessionCopy copy = open(store, 1);
        LogPosition head = upTo(revoke(copy));

        assertThat(pokes.poked(List.of(committed(head, "a")))).isEqualTo(pause);
        clock.advance(pause);

        assertThat(pokes.poked(List.of(committed(head, "a")))).isZero();
        assertThat(node.judge(copy)).isEqualTo(Verdict.REVOKED);
    }

    @Test
    void usefulPokesNeverWait() {
        node.started();
        for (int i = 1; i <= 1_000; i++) {
            LogPosition head = upTo(revoke(open(store, i)));
            assertThat(pokes.poked(List.of(committed(head, "a")))).isZero();
            assertThat(node.feed.applied()).isEqualTo(head);
        }
    }

    @Test
    void answersAloneAreLimitedToo() {
        node.started();
        LogPosition head = upTo(revoke(open(store, 1)));
        node.feed.tick();
        for (int i = 0; i < 5_000; i++) {
            pokes.poked(List.of(committed(head, "forged" + i)));
        }

        assertThat(channel.answers).hasSize(Pokes.ANSWERS_PER_SECOND);
    }

    @Test
    void aStoreThatIsAwayIsLeftToThePolls() {
        node.started();
        SessionCopy copy = open(store, 1);
        LogPosition head = upTo(revoke(copy));
        log.down = true;

        assertThat(pokes.poked(List.of(committed(head, "a")))).isZero();
        assertThat(channel.answers).isEmpty();
        assertThat(node.told.of("pollFailed")).hasSize(1);
        log.down = false;
        node.feed.tick();

        assertThat(node.judge(copy)).isEqualTo(Verdict.REVOKED);
    }

    @Test
    void aWaitIsOverOnceAllHaveSaidSoAndTheRowsConfirmIt() {
        LeaseWait wait = waitForTwo();
        LogPosition upTo = wait.commit().upTo();
        store.acknowledge("one", upTo);
        pokes.poked(List.of(applied(upTo, "1")));
        assertThat(log.readings).isZero();

        store.acknowledge("two", upTo);
        pokes.poked(List.of(applied(upTo, "2")));

        assertThat(log.readings).isEqualTo(1);
        assertThat(wait.over()).isCompleted();
    }

    @Test
    void aForgedAcknowledgementSettlesNobody() {
        LeaseWait wait = waitForTwo();
        LogPosition upTo = wait.commit().upTo();

        pokes.poked(List.of(applied(upTo, "forged"), applied(upTo, "forged2"), applied(upTo, "forged3")));

        assertThat(log.readings).isEqualTo(1);
        assertThat(wait.over()).isNotDone();
    }

    @Test
    void forgedAcknowledgementsArePaidFromTheBudgetToo() {
        LogPosition upTo = waitForTwo().commit().upTo();
        List<Poke> forged = List.of(applied(upTo, "forged"), applied(upTo, "forged2"));
        for (int i = 0; i < Pokes.USELESS_AT_ONCE; i++) {
            assertThat(pokes.poked(forged)).isZero();
        }

        assertThat(pokes.poked(forged)).isPositive();
        assertThat(log.readings).isEqualTo(Pokes.USELESS_AT_ONCE);
    }

    @Test
    void trueOnesNeverWait() {
        store.register("one", "a node", TestNode.LEASE);
        for (int i = 0; i < 100; i++) {
            Commit commit = commit();
            LeaseWait wait = waits.enter(commit, true);
            store.acknowledge("one", commit.upTo());

            assertThat(pokes.poked(List.of(applied(commit.upTo(), "1")))).isZero();

            assertThat(wait.over()).isCompleted();
        }
    }

    @Test
    void aWordThatComesBeforeTheWaitBeginsIsNotLost() {
        store.register("one", "a node", TestNode.LEASE);
        Commit commit = commit();
        pokes.poked(List.of(applied(commit.upTo(), "1")));
        store.acknowledge("one", commit.upTo());

        LeaseWait wait = waits.enter(commit, true);
        reading.run();

        assertThat(wait.over()).isCompleted();
    }

    @Test
    void aLostWordCostsAPause() {
        LeaseWait wait = waitForTwo();
        store.acknowledge("one", wait.commit().upTo());
        store.acknowledge("two", wait.commit().upTo());

        reading.advance(PAUSE);

        assertThat(wait.over()).isCompleted();
    }

    private LeaseWait waitForTwo() {
        store.register("one", "a node", TestNode.LEASE);
        store.register("two", "another node", TestNode.LEASE);
        return waits.enter(commit(), true);
    }

    private Commit commit() {
        Lease.Start sent = Lease.Start.now(clock);
        return new Commit(upTo(revoke(open(store, ++sessions))), store.nodes(), sent);
    }

    private NodeRow row(String id) {
        return store.nodes().rows().stream()
                .filter(row -> row.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private static LogPosition upTo(Revoked revoked) {
        return Objects.requireNonNull(revoked.upTo());
    }

    private static Poke committed(LogPosition position, String sender) {
        return new Poke(Kind.COMMITTED, position, sender);
    }

    private static Poke applied(LogPosition position, String sender) {
        return new Poke(Kind.APPLIED, position, sender);
    }

    private static final class RecordedAnswers implements RevocationChannel {

        private final List<String> answers = new ArrayList<>();

        @Override
        public void start(Receiver receiver) {}

        @Override
        public void push(Message message, Duration deadline, Consumer<String> acknowledged) {}

        @Override
        public void answer(LogPosition applied, Set<String> senders) {
            answers.add(applied + " " + senders);
        }

        @Override
        public void close() {}
    }
}
