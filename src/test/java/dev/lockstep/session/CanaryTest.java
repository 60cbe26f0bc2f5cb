package dev.lockstep.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.lockstep.RevocationOutcome;
import dev.lockstep.Session;
import dev.lockstep.SessionCache;
import dev.lockstep.SessionCopy;
import dev.lockstep.SessionManager;
import dev.lockstep.StoreUnavailableException;
import dev.lockstep.TokenDigest;
import dev.lockstep.canary.Canaries;
import dev.lockstep.canary.CanaryStore;
import dev.lockstep.contract.CapturedLog;
import dev.lockstep.contract.ForwardingStore;
import dev.lockstep.contract.HandClock;
import dev.lockstep.contract.MapSettings;
import dev.lockstep.contract.NaiveCache;
import dev.lockstep.contract.RecordedNodeEvents;
import dev.lockstep.contract.Samples;
import dev.lockstep.key.ApplicationKey;
import dev.lockstep.revocation.HandScheduler;
import dev.lockstep.revocation.RevocationSettings;
import dev.lockstep.spi.NewSession;
import dev.lockstep.spi.NodeClock;
import dev.lockstep.spi.NodeListener;
import dev.lockstep.spi.ReservedPrincipal;
import dev.lockstep.spi.SessionSearch;
import dev.lockstep.spi.SessionStore;
import dev.lockstep.store.jdbc.JdbcStore;
import dev.lockstep.store.jdbc.TestDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/**
 * Nodes with caches, real threads and one H2 database; their canaries look when the clock of
 * the test, which is moved by hand, says so.
 */
class CanaryTest {

    private static final Duration PERIOD = Duration.ofMinutes(1);

    @AutoClose
    private final TestDatabase database = TestDatabase.h2InMemory();

    private final HandClock clock = new HandClock();
    private final List<Node> nodes = new ArrayList<>();

    @AfterEach
    void close() {
        nodes.forEach(Node::close);
    }

    @Test
    void eachNodeProvesThatItRefusesTheCanariesOfAll() {
        Node a = new Node("a");
        Node b = new Node("b");
        Node c = new Node("c");

        pass(PERIOD.multipliedBy(3));

        for (Node node : List.of(a, b, c)) {
            assertThat(node.told.of("canaryProved")).contains("canaryProved 3").hasSizeGreaterThanOrEqualTo(2);
            assertThat(node.told.of("canaryFailed")).isEmpty();
        }
    }

    /** A look-up that asks its copies and ignores what the node knows of revocations. */
    @Test
    void aNodeThatIgnoresRevocationsIsCaughtByItselfAndByNoOther() {
        Node a = new Node("a");
        Node b = new Node("b");
        b.forgetsNothing = true;

        try (CapturedLog log = new CapturedLog("dev.lockstep.canary.CanaryWatch")) {
            pass(PERIOD.multipliedBy(2));

            assertThat(log.messages())
                    .isNotEmpty()
                    .allSatisfy(message -> assertThat(message).startsWith("LOCKSTEP-0225 "));
        }
        assertThat(b.told.of("canaryFailed")).contains("canaryFailed a", "canaryFailed b");
        assertThat(b.told.of("canaryProved")).isEmpty();
        assertThat(a.told.of("canaryFailed")).isEmpty();
        assertThat(a.told.of("canaryProved")).isNotEmpty();
    }

    /** For a moment that ends before anybody's next look. */
    @Test
    void theNodeThatRevokesACanaryLooksAtOnce() {
        Node a = new Node("a");
        a.forgetsLate = true;

        pass(PERIOD.multipliedBy(2));

        assertThat(a.told.of("canaryFailed")).contains("canaryFailed a");
    }

    /** Caches may hold what they like. */
    @Test
    void aCacheThatForgetsNothingRaisesNoAlarm() {
        Node a = new Node("a");
        Node b = new Node("b", new HoardingCache());

        pass(PERIOD.multipliedBy(3));

        assertThat(b.told.of("canaryFailed")).isEmpty();
        assertThat(b.told.of("canaryProved")).isNotEmpty();
        assertThat(a.told.of("canaryProved")).isNotEmpty();
    }

    @Test
    void aNodeThatWasPausedRaisesNoAlarmAndGoesOn() {
        Node a = new Node("a");
        Node b = new Node("b");
        pass(PERIOD.multipliedBy(2));
        b.isPaused = true;
        pass(PERIOD.multipliedBy(2));
        a.told.take();
        b.told.take();

        b.isPaused = false;
        pass(PERIOD.multipliedBy(3));

        for (Node node : List.of(a, b)) {
            assertThat(node.told.of("canaryFailed")).isEmpty();
            assertThat(node.told.of("canaryProved")).contains("canaryProved 2");
        }
    }

    @Test
    void nothingIsProvedWhileACanaryIsNotRefused() {
        Node a = new Node("a");
        Node b = new Node("b");
        pass(PERIOD.dividedBy(2));
        b.isPaused = true;
        a.told.take();

        pass(PERIOD.multipliedBy(2));

        assertThat(a.told.of("canaryProved")).isEmpty();
    }

    @Test
    void aNodeThatHasEndedHoldsUpNoProof() {
        Node a = new Node("a");
        Node b = new Node("b");
        pass(PERIOD.multipliedBy(3).dividedBy(2));
        assertThat(a.told.of("canaryProved")).contains("canaryProved 2");
        nodes.remove(b);
        b.close();
        a.told.take();

        pass(PERIOD);

        assertThat(a.store.count(ReservedPrincipal.CANARY)).isEqualTo(2);
        assertThat(a.told.of("canaryProved")).containsExactly("canaryProved 1");
    }

    @Test
    void aStoreThatIsAwayForAWhileIsNoAlarm() {
        Node a = new Node("a");
        Node b = new Node("b");
        pass(PERIOD);
        b.storeIsAway = true;
        pass(PERIOD);
        b.storeIsAway = false;
        b.told.take();

        pass(PERIOD.multipliedBy(3));

        assertThat(b.told.of("canaryFailed")).isEmpty();
        assertThat(b.told.of("canaryProved")).isNotEmpty();
        assertThat(a.told.of("canaryFailed")).isEmpty();
    }

    @Test
    void applicationsSeeNothingOfCanaries() {
        Node a = new Node("a");
        pass(PERIOD.multipliedBy(2));
        SessionManager sessions = a.node.manager();
        SessionSearch search = a.node.search();
        Session alice = sessions.open("alice", Set.of()).session();

        assertThat(a.store.count(ReservedPrincipal.CANARY)).isPositive();
        assertThat(search.count()).isEqualTo(1);
        assertThat(search.count(ReservedPrincipal.CANARY)).isZero();
        assertThat(search.page(null, null, 10).sessions())
                .extracting(copy -> copy.session().id())
                .containsExactly(alice.id());
        assertThat(search.page(ReservedPrincipal.CANARY, null, 10).sessions()).isEmpty();
        Session canary = a.store.list(ReservedPrincipal.CANARY).get(0);
        assertThat(search.byId(canary.id())).isNull();
        assertThat(a.told.of("sessionsEnded")).isEmpty();
        assertThat(a.told.of("sessionOpened")).hasSize(1);
        assertThat(a.events.all())
                .allSatisfy(event -> assertThat(event.toString()).doesNotContain("canary"));
        assertThatThrownBy(() -> sessions.open(ReservedPrincipal.CANARY, Set.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("LOCKSTEP-0226 ");
    }

    @Test
    void aNodeOpensOneCanaryInAPeriod() {
        Node a = new Node("a");
        pass(PERIOD.dividedBy(2));
        long before = a.opened;

        pass(PERIOD.multipliedBy(5));

        assertThat(a.opened - before).isEqualTo(5);
        assertThat(a.lists).isLessThanOrEqualTo(6 * 15 + 15);
        assertThat(a.nodeLists).isZero();
        assertThat(a.store.count(ReservedPrincipal.CANARY)).isEqualTo(1);
    }

    @Test
    void aNodeThatIsToDoSoOpensItsFirstCanaryWhenItStarts() {
        try (JdbcStore store = database.open("/shop");
                SessionNode node = withCanary(store)) {
            node.start();

            await().until(() -> store.count(ReservedPrincipal.CANARY) == 1);
        }
    }

    @Test
    void aStoreThatCannotTellOfCanariesIsNamed() {
        try (CapturedLog log = new CapturedLog(SessionNode.class.getName());
                SessionNode node = withCanary(new ForwardingStore() {})) {
            assertThat(node.search()).isNull();
            assertThat(log.messages()).singleElement().asString().startsWith("LOCKSTEP-0227 ");
        }
    }

    private static SessionNode withCanary(SessionStore store) {
        RevocationSettings revocation =
                RevocationSettings.of("node", Duration.ofSeconds(2), Duration.ofMillis(20), Duration.ofSeconds(30));
        return new SessionNode(
                "/shop",
                SessionSettings.read(
                        new MapSettings(Map.of("canary", PERIOD.toString())), revocation, Optional.empty()),
                store,
                ApplicationKey.absent("/shop"),
                new LayeredCache(new NaiveCache(), null, Duration.ofMinutes(15), NodeClock.SYSTEM),
                null,
                new RecordedEvents(),
                NodeClock.SYSTEM,
                Executors.defaultThreadFactory(),
                NodeListener.NONE);
    }

    /** What other versions tell in other words is nobody's canary. */
    @Test
    void whatIsNoCanaryIsLeftAlone() {
        Node a = new Node("a");
        a.store.open(Samples.session(ReservedPrincipal.CANARY));

        pass(PERIOD.multipliedBy(2));

        assertThat(a.told.of("canaryProved")).contains("canaryProved 1");
    }

    /** Steps as short as the shortest time between two looks. */
    private void pass(Duration time) {
        Duration step = Duration.ofMillis(50);
        for (Duration passed = Duration.ZERO; passed.compareTo(time) < 0; passed = passed.plus(step)) {
            clock.advance(step);
            nodes.forEach(Node::look);
        }
    }

    /** A real node, whose canaries are looked after by hand. */
    private final class Node implements CanaryStore {

        private final JdbcStore store = database.open("/shop");
        private final RecordedNodeEvents told = new RecordedNodeEvents();
        private final RecordedEvents events = new RecordedEvents();
        private final HandScheduler thread = new HandScheduler(clock);
        private final SessionNode node;
        private final CanaryStore real;
        private final Map<TokenDigest, Session> remembered = new HashMap<>();
        private boolean forgetsNothing;
        private boolean forgetsLate;
        private boolean storeIsAway;
        private boolean isPaused;
        private long opened;
        private int lists;
        private int nodeLists;

        Node(String name) {
            this(name, new NaiveCache());
        }

        Node(String name, SessionCache near) {
            node = new SessionNode(
                    "/shop",
                    SessionSettings.of(RevocationSettings.of(
                            name, Duration.ofSeconds(30), Duration.ofMillis(20), Duration.ofSeconds(30))),
                    store,
                    ApplicationKey.absent("/shop"),
                    new LayeredCache(near, null, Duration.ofMinutes(15), NodeClock.SYSTEM),
                    null,
                    events,
                    NodeClock.SYSTEM,
                    Executors.defaultThreadFactory(),
                    told.listener());
            node.start();
            real = node.canaryStore();
            await().until(() -> real.nodes().contains(real.node()));
            nodes.add(this);
            new Canaries(this, name, PERIOD, thread, told.listener()).start();
        }

        void look() {
            if (!isPaused) {
                thread.run();
            }
        }

        void close() {
            node.close();
            store.close();
        }

        @Override
        public void open(NewSession session) {
            answer();
            forgetsNothing &= !forgetsLate;
            opened++;
            real.open(session);
        }

        @Override
        public List<SessionCopy> list() {
            answer();
            lists++;
            return real.list();
        }

        @Override
        public @Nullable Session find(TokenDigest digest) {
            answer();
            Session found = real.find(digest);
            if (found != null) {
                remembered.put(digest, found);
            }
            return forgetsNothing ? remembered.get(digest) : found;
        }

        @Override
        public CompletionStage<RevocationOutcome> revoke(String sessionId) {
            answer();
            forgetsNothing |= forgetsLate;
            return CompletableFuture.completedFuture(
                    real.revoke(sessionId).toCompletableFuture().join());
        }

        @Override
        public String node() {
            return real.node();
        }

        @Override
        public Set<String> nodes() {
            answer();
            nodeLists++;
            return real.nodes();
        }

        @Override
        public long storeMillis() {
            return clock.wallMillis();
        }

        private void answer() {
            if (storeIsAway) {
                throw new StoreUnavailableException("a store of a test is away", null);
            }
        }
    }
}
