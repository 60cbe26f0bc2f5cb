package dev.lockstep.revocation;

import static dev.lockstep.revocation.RevocationSamples.digest;
import static dev.lockstep.revocation.RevocationSamples.open;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.lockstep.LockstepException;
import dev.lockstep.RevocationUnconfirmedException;
import dev.lockstep.SessionCopy;
import dev.lockstep.StoreUnavailableException;
import dev.lockstep.contract.NaiveStore;
import dev.lockstep.spi.NodeClock;
import dev.lockstep.spi.NodeListener;
import dev.lockstep.spi.RevocationChannel;
import dev.lockstep.spi.RevocationLog;
import dev.lockstep.spi.RevocationLog.NodeRow;
import dev.lockstep.spi.RevocationTarget;
import dev.lockstep.spi.RevocationTarget.OfPrincipal;
import dev.lockstep.spi.RevocationTarget.OfToken;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Logouts among real nodes with real threads and clocks; the store is one map. */
class PendingRevocationTest {

    private static final Duration LEASE = Duration.ofMillis(800);

    private final NaiveStore store = new NaiveStore(System::currentTimeMillis);
    private final FaultyLog faulty = new FaultyLog(store);
    private final List<AutoCloseable> opened = new ArrayList<>();
    private final List<RevocationNode> nodes = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        nodes.forEach(RevocationNode::close);
        for (AutoCloseable one : opened) {
            one.close();
        }
    }

    @Test
    void whenALogoutReturnsNoNodeUsesACopy() throws Exception {
        RevocationNode a = start(store);
        RevocationNode b = start(store);
        SessionCopy copy = open(store, 1);
        await().until(() -> b.facts().judge(copy) == Verdict.LIVE);

        get(revoke(a, new OfToken(copy.digest())));

        assertThat(a.facts().judge(copy)).isEqualTo(Verdict.REVOKED);
        assertThat(b.facts().judge(copy)).isNotEqualTo(Verdict.LIVE);
    }

    @Test
    void aLogoutWaitsForANodeThatDoesNotHear() throws Exception {
        RevocationNode a = start(store);
        store.register("silent-1", "a silent node", LEASE);
        SessionCopy copy = open(store, 1);

        long before = System.nanoTime();
        get(revoke(a, new OfToken(copy.digest())));

        assertThat(System.nanoTime() - before)
                .isGreaterThanOrEqualTo(LEASE.plus(LEASE.dividedBy(4)).toNanos());
        await().until(() ->
                store.nodes().rows().stream().noneMatch(row -> row.id().equals("silent-1")));
    }

    @Test
    void aNodeThatWasWaitedForIsFencedBeforeItsRowGoes() throws Exception {
        RevocationNode a = start(store);
        store.register("silent-1", "a silent node", LEASE);

        get(revoke(a, new OfToken(open(store, 1).digest())));

        await().until(() -> store.nodes().rows().stream()
                .filter(row -> row.id().equals("silent-1"))
                .allMatch(NodeRow::fenced));
    }

    @Test
    void aRepeatedLogoutWaitsLikeTheFirst() throws Exception {
        RevocationNode a = start(store);
        RevocationNode b = start(store);
        store.register("silent-1", "a silent node", LEASE);
        SessionCopy copy = open(store, 1);
        CompletableFuture<Settled> first = revoke(a, new OfToken(copy.digest()));

        CompletableFuture<Settled> second = revoke(b, new OfToken(copy.digest()));

        await().until(() -> a.facts().isRevoked(copy.digest()));
        assertThat(second).isNotDone();
        get(second);
        get(first);
    }

    @Test
    void manyLogoutsAtOnceAreAllSettled() throws Exception {
        RevocationNode a = start(store);
        RevocationNode b = start(store);
        List<SessionCopy> copies = new ArrayList<>();
        List<CompletableFuture<Settled>> logouts = new ArrayList<>();
        for (int i = 0; i < 600; i++) {
            copies.add(open(store, i));
        }

        copies.forEach(copy -> logouts.add(revoke(a, new OfToken(copy.digest()))));
        for (CompletableFuture<Settled> logout : logouts) {
            get(logout);
        }

        assertThat(copies).allSatisfy(copy -> {
            assertThat(a.facts().judge(copy)).isNotEqualTo(Verdict.LIVE);
            assertThat(b.facts().judge(copy)).isNotEqualTo(Verdict.LIVE);
        });
    }

    @Test
    void logoutOfAPrincipalSettlesWhatAnEarlierCallHasEnded() throws Exception {
        RevocationNode a = start(store);
        RevocationNode b = start(store);
        store.register("silent-1", "a silent node", LEASE);
        SessionCopy copy = open(store, 1);
        CompletableFuture<Settled> first = revoke(a, new OfToken(copy.digest()));
        await().until(() -> a.facts().isRevoked(copy.digest()));

        CompletableFuture<Settled> all = revoke(b, new OfPrincipal("alice"));

        assertThat(first).isNotDone();
        assertThat(all).isNotDone();
        get(all);
        assertThat(b.facts().judge(copy)).isNotEqualTo(Verdict.LIVE);
    }

    @Test
    void aLogoutThatCannotBeCommittedFailsAndMayBeRepeated() throws Exception {
        RevocationNode a = start(faulty);
        SessionCopy copy = open(store, 1);
        faulty.down = true;

        CompletableFuture<Settled> logout = revoke(a, new OfToken(copy.digest()));

        assertThatThrownBy(() -> get(logout)).hasCauseInstanceOf(StoreUnavailableException.class);
        faulty.down = false;
        get(revoke(a, new OfToken(copy.digest())));
        assertThat(store.find(copy.digest())).isNull();
    }

    @Test
    void aLogoutThatDoesNotWaitIsCommittedAllTheSame() throws Exception {
        RevocationNode a = start(store);
        store.register("silent-1", "a silent node", Duration.ofMinutes(1));
        SessionCopy copy = open(store, 1);

        get(a.committer().revoke(new OfToken(copy.digest())).committed());

        assertThat(store.find(copy.digest())).isNull();
    }

    @Test
    void aNodeThatLeavesIsNotWaitedFor() throws Exception {
        RevocationNode a = start(store);
        RevocationNode b = start(store);
        SessionCopy copy = open(store, 1);
        await().until(() -> b.facts().judge(copy) == Verdict.LIVE);

        b.close();
        assertThat(b.facts().judge(copy)).isNotEqualTo(Verdict.LIVE);
        assertThat(store.nodes().rows()).hasSize(1);
        get(revoke(a, new OfToken(copy.digest())));
    }

    @Test
    void aLogoutUnderWayFailsWhenItsNodeEnds() throws Exception {
        RevocationNode a = start(store);
        store.register("silent-1", "a silent node", Duration.ofMinutes(10));
        SessionCopy copy = open(store, 1);
        CompletableFuture<Settled> logout = revoke(a, new OfToken(copy.digest()));
        await().until(() -> a.facts().isRevoked(copy.digest()));

        a.close();

        assertThatThrownBy(() -> get(logout))
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(RevocationUnconfirmedException.class)
                .hasMessageContaining("LOCKSTEP-0213");
    }

    @Test
    void aLogoutThatComesAfterItsNodeEndedFails() {
        RevocationNode a = start(store);

        a.close();

        for (int i = 0; i < 1_000; i++) {
            assertThatThrownBy(() -> get(revoke(a, new OfToken(digest(2)))))
                    .hasCauseInstanceOf(StoreUnavailableException.class)
                    .hasMessageContaining("LOCKSTEP-0214");
        }
    }

    @Test
    void withoutALogNothingIsTrustedAndNothingIsWaitedFor() throws Exception {
        RevocationNode node = node(null, false);
        node.start();
        SessionCopy copy = open(store, 1);

        assertThat(node.facts().judge(copy)).isEqualTo(Verdict.UNKNOWN);
        get(revoke(node, new OfToken(copy.digest())));
        assertThat(node.facts().judge(copy)).isNotEqualTo(Verdict.LIVE);
    }

    @Test
    void aNodeGoesOnAfterAnError() {
        RevocationNode node = start(faulty);
        await().until(() -> Leases.isRunning(node.facts()));

        faulty.breaksOnce = new OutOfMemoryError("a failure of a test");
        await().until(() -> faulty.breaksOnce == null);
        Facts facts = node.facts();
        long leased = facts.storeMillisAtMost();

        await().until(() -> facts.storeMillisAtMost() > leased + LEASE.toMillis());
    }

    @Test
    void aSecondLiveNodeIsRefusedWhereOnlyOneIsAllowed() {
        start(store);
        RevocationNode second = node(store, true);

        assertThatThrownBy(second::start)
                .isInstanceOf(LockstepException.class)
                .hasMessageContaining("LOCKSTEP-0206")
                .hasMessageContaining("node of a test");
    }

    @Test
    void aNodeThatWasKilledDoesNotBlockItsRestart() {
        store.register("killed-1", "a killed node", LEASE);
        RevocationNode restarted = node(store, true);

        restarted.start();

        assertThat(store.nodes().rows()).extracting(NodeRow::id).doesNotContain("killed-1");
    }

    @Test
    void theOneNodeKeepsItsPlaceWhenAnotherIsRefused() {
        RevocationNode first = startSingle(store);
        assertThatThrownBy(node(store, true)::start).isInstanceOf(LockstepException.class);

        await().until(() -> Leases.isRunning(first.facts()));
    }

    @Test
    void aNodeWhosePlaceWasTakenWhileItWasAwayGivesWayUntilTheOtherEnds() {
        RevocationNode away = startSingle(faulty);
        faulty.down = true;
        RevocationNode successor = startSingle(store);
        faulty.down = false;

        await().until(() -> away.facts().hasEnded() && store.nodes().rows().size() == 1);
        await().until(() -> Leases.isRunning(successor.facts()));
        assertThat(Leases.isRunning(away.facts())).isFalse();

        successor.close();
        await().until(() -> Leases.isRunning(away.facts()));
    }

    @Test
    void aNodeWhoseChannelFailsWhenItIsClosedLeavesNoRowAndNobodyWaiting() {
        RecordedChannel channel = new RecordedChannel();
        RevocationNode node = start(node(store, channel, false));
        store.register("silent-1", "a silent node", Duration.ofMinutes(1));
        CompletableFuture<Settled> waiting =
                revoke(node, new OfToken(open(store, 1).digest()));
        await().until(() -> !channel.pushed.isEmpty());
        channel.failure = new NoClassDefFoundError("a channel of a test");

        node.close();

        assertThat(store.nodes().rows()).extracting(NodeRow::id).containsExactly("silent-1");
        assertThat(waiting).isCompletedExceptionally();
    }

    private RevocationNode start(RevocationLog log) {
        return start(node(log, false));
    }

    private RevocationNode startSingle(RevocationLog log) {
        return start(node(log, true));
    }

    private static RevocationNode start(RevocationNode node) {
        node.start();
        return node;
    }

    private RevocationNode node(RevocationLog log, boolean single) {
        return node(log, null, single);
    }

    private RevocationNode node(RevocationLog log, @Nullable RevocationChannel channel, boolean single) {
        RevocationSettings settings = RevocationSettings.of(
                        "node of a test", LEASE, LEASE.dividedBy(4), Duration.ofSeconds(2))
                .withSingle(single);
        NodeThreads threads = new NodeThreads(thread(), thread(), thread(), thread(), thread());
        RevocationNode node = new RevocationNode(
                settings,
                store,
                log,
                null,
                channel,
                new RecordedListener(),
                NodeClock.SYSTEM,
                threads,
                NodeListener.NONE);
        nodes.add(node);
        return node;
    }

    private ScheduledExecutorService thread() {
        ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
        opened.add(thread::shutdownNow);
        return thread;
    }

    private static CompletableFuture<Settled> revoke(RevocationNode node, RevocationTarget target) {
        return node.committer().revoke(target).settled();
    }

    private static void get(CompletableFuture<?> logout) throws Exception {
        logout.get(30, TimeUnit.SECONDS);
    }
}
