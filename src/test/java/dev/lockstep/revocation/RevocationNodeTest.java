package dev.lockstep.revocation;

import static dev.lockstep.revocation.RevocationSamples.open;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.SessionCopy;
import dev.lockstep.StoreUnavailableException;
import dev.lockstep.contract.CapturedLog;
import dev.lockstep.contract.HandClock;
import dev.lockstep.contract.NaiveStore;
import dev.lockstep.contract.RecordedNodeEvents;
import dev.lockstep.spi.LogConnection;
import dev.lockstep.spi.LogPosition;
import dev.lockstep.spi.NodeListener;
import dev.lockstep.spi.Poke;
import dev.lockstep.spi.Poke.Kind;
import dev.lockstep.spi.RevocationChannel;
import dev.lockstep.spi.RevocationLog;
import dev.lockstep.spi.RevocationLog.NodeRow;
import dev.lockstep.spi.RevocationTarget.OfId;
import dev.lockstep.spi.RevocationTarget.OfToken;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a node does as a whole, from start to end; threads and clocks are moved by hand. */
class RevocationNodeTest {

    private static final Duration LEASE = Duration.ofSeconds(2);
    private static final Duration POLL = Duration.ofMillis(500);

    private final NaiveStore store = new NaiveStore();
    private final FaultyLog log = new FaultyLog(store);
    private final HandClock clock = new HandClock();
    private final HandScheduler threads = new HandScheduler(clock);
    private final RecordedNodeEvents told = new RecordedNodeEvents();
    private int sessions;

    @Test
    void itIsRegisteredWhenItHasStartedAndPollsAtItsPace() {
        RevocationNode node = node(log, null, told.listener());
        node.start();
        assertThat(store.nodes().rows()).hasSize(1);
        assertThat(node.storeMillisRead()).isEmpty();

        threads.run();
        assertThat(log.polls).isOne();
        assertThat(node.facts().judge(open(store, ++sessions))).isEqualTo(Verdict.LIVE);
        assertThat(node.storeMillisRead()).hasValue(store.now());

        threads.advance(POLL.multipliedBy(10));
        assertThat(log.polls).isEqualTo(11);
    }

    @Test
    void whereTheStoreIsAwayWhenItStartsItRegistersLater() {
        log.down = true;
        node(log, null, told.listener()).start();
        assertThat(store.nodes().rows()).isEmpty();

        log.down = false;
        threads.advance(POLL);

        assertThat(store.nodes().rows()).hasSize(1);
    }

    @Test
    void theOneNodeDoesNotStartWhereItCannotTellWhetherItIsTheOnlyOne() {
        log.down = true;
        RevocationNode single = node(settings().withSingle(true), log, null, null, NodeListener.NONE);

        assertThatThrownBy(single::start).isInstanceOf(StoreUnavailableException.class);
    }

    @Test
    void theOneNodeThatFindsAnotherAliveDoesNotStart() {
        store.register("other-1", "another node", LEASE);
        log.before = call -> {
            if (call.equals("nodes")) {
                clock.advance(Duration.ofSeconds(1));
                store.register("other-2", "another node", LEASE);
            }
        };
        RevocationNode single = node(settings().withSingle(true), log, null, null, NodeListener.NONE);

        assertThatThrownBy(single::start).hasMessageStartingWith("LOCKSTEP-0206 ");
    }

    @Test
    void itTrimsTheLogOnceAMinute() {
        RevocationNode node = node(log, null, told.listener());
        node.start();
        node.committer().revoke(new OfToken(open(store, ++sessions).digest()));

        threads.advance(ProtocolLimits.LOG_RETENTION.plus(Duration.ofSeconds(59)));
        assertThat(floor()).isZero();
        threads.advance(Duration.ofSeconds(1));

        assertThat(floor()).isOne();
    }

    @Test
    void theNodesAreCountedOnceAMinuteForWhoeverListens() {
        node(log, null, told.listener()).start();
        threads.run();
        store.register("other-1", "another node", LEASE);
        told.take();

        threads.advance(Duration.ofSeconds(59));
        assertThat(told.of("nodesListed")).isEmpty();
        threads.advance(Duration.ofSeconds(1));
        assertThat(told.of("nodesListed")).containsExactly("nodesListed 2");

        log.down = true;
        threads.advance(Duration.ofMinutes(1));
        log.down = false;
        threads.advance(Duration.ofMinutes(1));
        assertThat(told.of("nodesListed")).containsExactly("nodesListed 2", "nodesListed 2");
    }

    @Test
    void theyAreNotWhereNobodyListens() {
        node(log, null, NodeListener.NONE).start();
        threads.run();
        log.before = call -> assertThat(call).isNotEqualTo("nodes");

        threads.advance(Duration.ofMinutes(1));
    }

    /** By the way to the store that has no change of threads, where there is one. */
    @Test
    void aPokeHasTheLogReadAtOnce() {
        for (LogConnection direct : Arrays.asList(LogConnection.of(new FaultyLog(store)), null)) {
            Listening channel = new Listening();
            RevocationNode node = node(settings(), log, direct, channel, told.listener());
            node.start();
            threads.run();
            SessionCopy copy = open(store, ++sessions);
            store.revoke(List.of(new OfToken(copy.digest())));
            int polls = log.polls;

            channel.poke(store.nodes().head());

            assertThat(node.facts().judge(copy)).isEqualTo(Verdict.REVOKED);
            assertThat(log.polls).isEqualTo(direct == null ? polls + 1 : polls);
        }
    }

    @Test
    void aPokedNodeThatFindsItselfFencedRegistersAgainAtOnce() {
        Listening channel = new Listening();
        RevocationNode node = node(log, channel, told.listener());
        node.start();
        threads.run();
        String fenced = node.facts().nodeId();
        store.fence(List.of(fenced));
        store.revoke(List.of(new OfToken(open(store, ++sessions).digest())));

        channel.poke(store.nodes().head());
        threads.run();

        assertThat(store.nodes().rows())
                .extracting(NodeRow::id)
                .containsExactly(node.facts().nodeId());
        assertThat(node.facts().nodeId()).isNotEqualTo(fenced);
    }

    @Test
    void withoutALogItSaysSoAndItsClockIsThisMachines() {
        try (CapturedLog messages = new CapturedLog(RevocationNode.class.getName())) {
            Listening channel = new Listening();
            RevocationNode node = node(null, channel, told.listener());
            node.start();
            var logout = node.committer().revoke(new OfId("session-1"));
            threads.run();

            assertThat(messages.messages()).singleElement().asString().startsWith("LOCKSTEP-0207 ");
            assertThat(node.storeMillisRead()).hasValue(clock.wallMillis());
            assertThat(channel.receiver).isSameAs(node.current());
            assertThat(logout.settled()).isCompleted();
            node.close();
            assertThat(messages.messages()).hasSize(1);
        }
    }

    /** Where the feed hangs, as in these tests always, the end does not wait for longer. */
    @Test
    void whenItEndsItTrustsNothingAndSaysWhereItsRowMayBeLeft() {
        RevocationNode node = node(log, null, told.listener());
        node.start();
        threads.run();
        SessionCopy copy = open(store, ++sessions);
        assertThat(node.facts().judge(copy)).isEqualTo(Verdict.LIVE);

        try (CapturedLog messages = new CapturedLog(RevocationNode.class.getName())) {
            node.close();

            assertThat(messages.messages()).singleElement().asString().startsWith("LOCKSTEP-0208 ");
        }
        assertThat(node.facts().judge(copy)).isEqualTo(Verdict.UNKNOWN);
    }

    /** Also where its feed can't be ended: no failure of a part keeps the others from their end. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatIsUnderWayWhenItEndsFails(boolean broken) {
        RevocationNode node = node(log, null, told.listener());
        node.start();
        threads.run();
        store.register("slow-1", "a slow node", LEASE);
        PendingRevocation waiting =
                node.committer().revoke(new OfToken(open(store, ++sessions).digest()));
        threads.run();
        PendingRevocation queued = node.committer().revoke(new OfId("session"));
        threads.failsOnce = broken;

        try {
            node.close();
            assertThat(broken).isFalse();
        } catch (OutOfMemoryError e) {
            assertThat(broken).isTrue();
        }

        assertFailed(waiting, "LOCKSTEP-0213 ");
        assertFailed(queued, "LOCKSTEP-0214 ");
    }

    private static void assertFailed(PendingRevocation logout, String message) {
        assertThat(logout.settled())
                .failsWithin(Duration.ZERO)
                .withThrowableOfType(ExecutionException.class)
                .havingCause()
                .withMessageStartingWith(message);
    }

    @Test
    void aThreadThatIsInterruptedWhileItEndsANodeStaysSo() {
        RevocationNode node = node(log, null, told.listener());
        node.start();

        Thread.currentThread().interrupt();
        node.close();

        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void aChannelThatFailsToCloseIsLogged() {
        RecordedChannel channel = new RecordedChannel();
        RevocationNode node = node(null, channel, told.listener());
        channel.failure = new NoClassDefFoundError("a channel of a test");

        try (CapturedLog messages = new CapturedLog(RevocationNode.class.getName())) {
            node.close();

            assertThat(messages.messages()).singleElement().asString().startsWith("LOCKSTEP-0231 ");
        }
    }

    private RevocationNode node(
            @Nullable RevocationLog log, @Nullable RevocationChannel channel, NodeListener observer) {
        return node(settings(), log, null, channel, observer);
    }

    private RevocationNode node(
            RevocationSettings settings,
            @Nullable RevocationLog log,
            @Nullable LogConnection direct,
            @Nullable RevocationChannel channel,
            NodeListener observer) {
        return new RevocationNode(
                settings,
                store,
                log,
                direct,
                channel,
                new RecordedListener(),
                clock,
                new NodeThreads(threads, threads, threads, threads, threads),
                observer);
    }

    private static RevocationSettings settings() {
        return RevocationSettings.of("node under test", LEASE, POLL, Duration.ofMillis(20));
    }

    private long floor() {
        return store.poll("", store.nodes().head(), 1).floor();
    }

    private static final class Listening implements RevocationChannel {

        @Nullable
        Receiver receiver;

        @Override
        public void start(Receiver receiver) {
            this.receiver = receiver;
        }

        void poke(LogPosition position) {
            assertThat(Objects.requireNonNull(receiver).poked(List.of(new Poke(Kind.COMMITTED, position, "a"))))
                    .isZero();
        }

        @Override
        public void push(Message message, Duration deadline, Consumer<String> acknowledged) {}

        @Override
        public void close() {}
    }
}
