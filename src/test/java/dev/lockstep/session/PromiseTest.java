package dev.lockstep.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.lockstep.IssuedToken;
import dev.lockstep.RevocationOutcome;
import dev.lockstep.RevocationUnconfirmedException;
import dev.lockstep.Session;
import dev.lockstep.SessionManager;
import dev.lockstep.SessionToken;
import dev.lockstep.contract.NaiveCache;
import dev.lockstep.contract.NaiveStore;
import dev.lockstep.key.ApplicationKey;
import dev.lockstep.revocation.RevocationSettings;
import dev.lockstep.spi.NodeClock;
import dev.lockstep.spi.NodeListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What each method that ends sessions keeps of the promise; two nodes with real threads, the store
 * is one map.
 */
class PromiseTest {

    private static final Duration LEASE = Duration.ofSeconds(2);
    private static final String SILENT = "silent-1";

    private final CountingStore counting = new CountingStore();
    private final NaiveStore store = counting.uncounted();
    private final List<SessionNode> nodes = new ArrayList<>();
    private final SessionManager a = node();
    private final SessionManager b = node();

    /** Every way to end a session. */
    enum Way {
        TOKEN(
                (sessions, issued) -> sessions.revoke(issued.token()),
                (sessions, issued) -> sessions.revokeAsync(issued.token())),
        ID(
                (sessions, issued) -> sessions.revokeById(issued.session().id()),
                (sessions, issued) -> sessions.revokeByIdAsync(issued.session().id())),
        ALL(
                (sessions, issued) -> sessions.revokeAll(issued.session().principal()),
                (sessions, issued) -> sessions.revokeAllAsync(issued.session().principal())),
        OTHERS(
                (sessions, issued) -> sessions.revokeOthers(another(issued)),
                (sessions, issued) -> sessions.revokeOthersAsync(another(issued))),
        EVERYTHING(
                (sessions, issued) -> sessions.revokeEverything(),
                (sessions, issued) -> sessions.revokeEverythingAsync());

        final BiFunction<SessionManager, IssuedToken, RevocationOutcome> revoke;
        final BiFunction<SessionManager, IssuedToken, CompletionStage<RevocationOutcome>> revokeAsync;

        Way(
                BiFunction<SessionManager, IssuedToken, RevocationOutcome> revoke,
                BiFunction<SessionManager, IssuedToken, CompletionStage<RevocationOutcome>> revokeAsync) {
            this.revoke = revoke;
            this.revokeAsync = revokeAsync;
        }

        private static Session another(IssuedToken issued) {
            Session session = issued.session();
            return new Session(
                    "another",
                    session.principal(),
                    session.groups(),
                    session.attributes(),
                    session.createdAt(),
                    session.lastSeenAt(),
                    session.expiresAt(),
                    session.idleTimeout());
        }
    }

    @AfterEach
    void close() {
        nodes.forEach(SessionNode::close);
    }

    @ParameterizedTest
    @EnumSource
    void noNodeAcceptsWhatWasRevoked(Way way) {
        IssuedToken issued = openEverywhere();
        long before = System.currentTimeMillis();

        RevocationOutcome outcome = way.revoke.apply(a, issued);

        assertThat(a.find(issued.token())).isEmpty();
        assertThat(b.find(issued.token())).isEmpty();
        assertThat(outcome.awaited()).isTrue();
        assertThat(outcome.nodes()).isEqualTo(1);
        assertThat(outcome.since().toEpochMilli()).isGreaterThanOrEqualTo(before);
        assertThat(outcome.waitedOut()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void noNodeAcceptsWhatHadVanishedFromTheStore(Way way) {
        IssuedToken issued = openEverywhere();
        store.vanish(Digests.of("test", issued.token()));

        way.revoke.apply(a, issued);

        assertThat(a.find(issued.token())).isEmpty();
        assertThat(b.find(issued.token())).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void aMethodReturnsWhenEveryNodeKnows(Way way) {
        IssuedToken issued = openEverywhere();
        store.register(SILENT, "a silent node", Duration.ofMinutes(1));

        CompletableFuture<RevocationOutcome> revoking =
                CompletableFuture.supplyAsync(() -> way.revoke.apply(a, issued));
        await().until(() -> store.find(Digests.of("test", issued.token())) == null && hasApplied());

        assertThat(revoking).isNotDone();
        store.remove(List.of(SILENT));
        revoking.join();
    }

    @ParameterizedTest
    @EnumSource
    void aStageCompletesWhenEveryNodeKnows(Way way) {
        IssuedToken issued = openEverywhere();
        store.register(SILENT, "a silent node", Duration.ofMinutes(1));

        CompletableFuture<RevocationOutcome> revoking =
                way.revokeAsync.apply(a, issued).toCompletableFuture();
        await().until(() -> store.find(Digests.of("test", issued.token())) == null && hasApplied());

        assertThat(revoking).isNotDone();
        store.remove(List.of(SILENT));
        revoking.join();
        assertThat(b.find(issued.token())).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void aStageTellsWhoHadToBeWaitedOut(Way way) {
        IssuedToken issued = openEverywhere();
        store.register(SILENT, "a silent node", Duration.ofMillis(400));

        RevocationOutcome outcome =
                way.revokeAsync.apply(a, issued).toCompletableFuture().join();

        assertThat(outcome.nodes()).isEqualTo(2);
        assertThat(outcome.waitedOut()).containsExactly("a silent node");
        assertThat(outcome.waited()).isGreaterThanOrEqualTo(Duration.ofMillis(500));
    }

    @Test
    void whatIsNoTokenNeedsNoWaiting() {
        RevocationOutcome outcome = a.revoke(SessionToken.of("no token"));

        assertThat(outcome).isEqualTo(new RevocationOutcome(true, 0, outcome.since(), Duration.ZERO, List.of()));
        assertThat(a.revokeAsync(SessionToken.of("no token"))).isCompleted();
    }

    /** As {@code lockstep.logout=async} has it. */
    @Test
    void aMethodThatDoesNotWaitSaysSo() {
        store.register(SILENT, "a silent node", Duration.ofMinutes(1));
        SessionManager hasty = node(false);

        RevocationOutcome outcome = hasty.revoke(hasty.open("alice", Set.of()).token());

        assertThat(outcome).isEqualTo(new RevocationOutcome(false, 0, outcome.since(), Duration.ZERO, List.of()));
    }

    @ParameterizedTest
    @EnumSource
    void aMethodThatIsInterruptedThrows(Way way) {
        IssuedToken issued = openEverywhere();
        store.register(SILENT, "a silent node", Duration.ofMinutes(1));
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Thread caller = new Thread(() -> {
            try {
                way.revoke.apply(a, issued);
            } catch (RuntimeException e) {
                thrown.set(Thread.currentThread().isInterrupted() ? e : new IllegalStateException("not interrupted"));
            }
        });

        caller.start();
        await().until(() -> store.find(Digests.of("test", issued.token())) == null);
        caller.interrupt();

        await().until(() -> !caller.isAlive());
        assertThat(thrown.get())
                .isInstanceOf(RevocationUnconfirmedException.class)
                .hasMessageContaining("interrupted");
    }

    @ParameterizedTest
    @EnumSource
    void aMethodThrowsWhenThePatienceOfItsCallerIsOver(Way way) {
        IssuedToken issued = openEverywhere();
        store.register(SILENT, "a silent node", Duration.ofMinutes(1));

        assertThatThrownBy(() -> way.revoke.apply(a.within(Duration.ofMillis(200)), issued))
                .isInstanceOf(RevocationUnconfirmedException.class)
                .hasMessageContaining("PT0.2S");

        await().until(() -> store.find(Digests.of("test", issued.token())) == null);
    }

    @Test
    void aRotationReturnsWhenEveryNodeKnows() {
        IssuedToken issued = openEverywhere();
        store.register(SILENT, "a silent node", Duration.ofMinutes(1));

        CompletableFuture<IssuedToken> rotating =
                CompletableFuture.supplyAsync(() -> a.rotate(issued.token()).orElseThrow());
        await().until(() -> store.find(Digests.of("test", issued.token())) == null && hasApplied());

        assertThat(rotating).isNotDone();
        store.remove(List.of(SILENT));
        assertThat(b.find(issued.token())).isEmpty();
        assertThat(b.find(rotating.join().token())).isPresent();
    }

    @Test
    void patienceIsPositive() {
        assertThatThrownBy(() -> a.within(Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("LOCKSTEP-0218");
        a.within(Duration.ofSeconds(Long.MAX_VALUE)).revokeById("unknown");
    }

    @Test
    void noCookieIsSetThatNothingWouldRead() {
        assertThatThrownBy(() -> a.cookie())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("LOCKSTEP-0411");
    }

    @Test
    void aStageFailsAsTheMethodThrows() {
        nodes.forEach(SessionNode::close);

        assertThatThrownBy(
                        () -> a.revokeByIdAsync("unknown").toCompletableFuture().join())
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(RevocationUnconfirmedException.class);
        assertThatThrownBy(() -> a.revokeById("unknown")).isInstanceOf(RevocationUnconfirmedException.class);
    }

    /** Both wait for a node that only a reading of its row can tell of. */
    @Test
    @Timeout(60)
    void whatFollowsAStageHoldsUpNoOtherLogout() {
        store.register(SILENT, "a node that tells by its row", Duration.ofMinutes(10));
        CompletableFuture<Void> never = new CompletableFuture<>();
        CompletableFuture<RevocationOutcome> first =
                a.revokeByIdAsync("unknown").toCompletableFuture();
        CompletableFuture<Void> blocking = first.thenRun(never::join);
        CompletableFuture<RevocationOutcome> second =
                a.revokeByIdAsync("another").toCompletableFuture();

        await().until(() -> {
            store.acknowledge(SILENT, store.nodes().head());
            return first.isDone() && second.isDone();
        });
        CompletableFuture<RevocationOutcome> third =
                a.revokeByIdAsync("a third").toCompletableFuture();
        await().until(() -> {
            store.acknowledge(SILENT, store.nodes().head());
            return third.isDone();
        });

        assertThat(blocking).isNotDone();
        never.complete(null);
        blocking.join();
    }

    @Test
    void theEndOfEverythingEndsTheSessionsOfAll() {
        List<IssuedToken> all = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            all.add((i % 2 == 0 ? a : b).open("principal-" + i, Set.of()));
        }

        a.revokeEverything();

        assertThat(all).allSatisfy(issued -> {
            assertThat(a.find(issued.token())).isEmpty();
            assertThat(b.find(issued.token())).isEmpty();
        });
        assertThat(a.find(a.open("alice", Set.of()).token())).isPresent();
    }

    /** Whether the two real nodes have: then only the silent one is waited for. */
    private boolean hasApplied() {
        return store.nodes().rows().stream()
                .allMatch(row -> row.id().equals(SILENT)
                        || row.applied().reaches(store.nodes().head()));
    }

    /** A session of which both nodes keep and accept a copy. */
    private IssuedToken openEverywhere() {
        IssuedToken issued = a.open("alice", Set.of("user"));
        await().until(() -> isKept(a, issued) && isKept(b, issued));
        return issued;
    }

    private boolean isKept(SessionManager sessions, IssuedToken issued) {
        int before = counting.reads();
        return sessions.find(issued.token()).isPresent() && counting.reads() == before;
    }

    private SessionManager node() {
        return node(true);
    }

    private SessionManager node(boolean awaitLogout) {
        SessionSettings settings = SessionSettings.of(
                RevocationSettings.of("node of a test", LEASE, Duration.ofMillis(50), Duration.ofSeconds(5)));
        SessionNode node = new SessionNode(
                "test",
                new SessionSettings(
                        settings.absoluteTimeout(),
                        settings.idleTimeout(),
                        awaitLogout,
                        settings.cookie(),
                        settings.canary(),
                        settings.tokenPrefix(),
                        settings.revocation()),
                counting,
                ApplicationKey.absent("test"),
                new LayeredCache(new NaiveCache(), null, Duration.ofMinutes(15), NodeClock.SYSTEM),
                null,
                new RecordedEvents(),
                NodeClock.SYSTEM,
                Executors.defaultThreadFactory(),
                NodeListener.NONE);
        nodes.add(node);
        node.start();
        return node.manager();
    }
}
