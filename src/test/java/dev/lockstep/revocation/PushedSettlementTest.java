package dev.lockstep.revocation;

import static dev.lockstep.revocation.RevocationSamples.open;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.contract.CapturedLog;
import dev.lockstep.contract.HandClock;
import dev.lockstep.contract.NaiveStore;
import dev.lockstep.contract.RecordedNodeEvents;
import dev.lockstep.spi.RevocationChannel;
import dev.lockstep.spi.RevocationLog.Committed;
import dev.lockstep.spi.RevocationTarget.OfId;
import dev.lockstep.spi.Revoked;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What was committed together, and by what channel; threads and clocks are moved by hand. */
class PushedSettlementTest {

    private static final String SLOW = "slow-1";

    private final NaiveStore store = new NaiveStore();
    private final HandClock clock = new HandClock();
    private final HandScheduler threads = new HandScheduler(clock);
    private final RecordedNodeEvents told = new RecordedNodeEvents();
    private final TestNode node = new TestNode(store, clock);

    @BeforeEach
    void start() {
        node.started();
        store.register(SLOW, "a slow node", Duration.ofMinutes(1));
        open(store, 1);
        open(store, 2);
    }

    @Test
    void itIsWaitedForUpToTheNewestOfIt() {
        Committed<List<Revoked>> committed = commit();
        Revoked older = committed.outcome().get(0);
        Revoked newer = committed.outcome().get(1);
        Settlement settlement = settlement(new RecordedChannel());
        CompletableFuture<Settled> one = settle(settlement, List.of(older, newer), committed);
        CompletableFuture<Settled> other = settle(settlement, List.of(newer, older), committed);

        apply(older);
        assertThat(List.of(one, other)).noneMatch(CompletableFuture::isDone);

        apply(newer);
        assertThat(List.of(one, other)).allMatch(CompletableFuture::isDone);
    }

    private void apply(Revoked revoked) {
        store.acknowledge(SLOW, Objects.requireNonNull(revoked.upTo()));
        threads.advance(Duration.ofMillis(60));
    }

    /** It is waited for where it may lack something itself, and none of the others. */
    @Test
    void theNodesOwnRowIsNotAmongThoseThatWereWaitedOut() {
        Committed<List<Revoked>> committed = commit();
        Revoked first = committed.outcome().get(0);
        Revoked incomplete = new Revoked(first.upTo(), first.revocations(), false, false);
        CompletableFuture<Settled> settled = settle(settlement(new RecordedChannel()), List.of(incomplete), committed);

        threads.advance(ProtocolLimits.certainlyOver(Duration.ofMinutes(1)));

        assertThat(settled.join().outcome().waitedOut()).containsExactly("a slow node");
        assertThat(settled.join().outcome().nodes()).isOne();
    }

    @Test
    void aChannelThatFailsIsLogged() {
        RecordedChannel channel = new RecordedChannel();
        channel.failure = new OutOfMemoryError("a failure of a test");
        Committed<List<Revoked>> committed = commit();

        try (CapturedLog log = new CapturedLog(Settlement.class.getName())) {
            assertThat(settle(settlement(channel), committed.outcome(), committed))
                    .isNotDone();

            assertThat(log.messages()).singleElement().asString().startsWith("LOCKSTEP-0232 ");
        }
    }

    @Test
    void aPokeIsToldAsOne() {
        Committed<List<Revoked>> committed = commit();
        told.take();

        var unused = settle(settlement(new Poking()), committed.outcome(), committed);

        assertThat(told.of("pushed", "poking")).containsExactly("poking 1");
    }

    private Settlement settlement(RevocationChannel channel) {
        LeaseWaits room = new LeaseWaits(
                store,
                node.current::isOwn,
                Duration.ofMillis(25),
                clock,
                new NodeThreads(threads, threads, threads, threads, threads),
                told.listener());
        return new Settlement(node.current, room, channel, Duration.ofSeconds(1), told.listener());
    }

    private Committed<List<Revoked>> commit() {
        return store.commitRevocations(List.of(new OfId("session-1"), new OfId("session-2")));
    }

    private CompletableFuture<Settled> settle(
            Settlement settlement, List<Revoked> revoked, Committed<List<Revoked>> committed) {
        return settlement.settle(revoked, committed.nodes(), Lease.Start.now(clock));
    }

    /** One by which nothing is pushed. */
    private static final class Poking implements RevocationChannel {

        @Override
        public void start(Receiver receiver) {}

        @Override
        public void push(Message message, Duration deadline, Consumer<String> acknowledged) {}

        @Override
        public boolean pushes() {
            return false;
        }

        @Override
        public void close() {}
    }
}
