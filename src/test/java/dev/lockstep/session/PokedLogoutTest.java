package dev.lockstep.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lockstep.IssuedToken;
import dev.lockstep.RevocationOutcome;
import dev.lockstep.contract.NaiveCache;
import dev.lockstep.contract.RecordedNodeEvents;
import dev.lockstep.key.ApplicationKey;
import dev.lockstep.revocation.RevocationSettings;
import dev.lockstep.spi.NodeClock;
import dev.lockstep.spi.RevocationChannel;
import dev.lockstep.store.jdbc.JdbcStore;
import dev.lockstep.store.jdbc.StoreSettings;
import dev.lockstep.store.jdbc.TestDatabase;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Nodes on a real PostgreSQL that tell each other of logouts by its notifications. */
class PokedLogoutTest {

    /** Longer than a test: what a poll would bring does not come. */
    private static final Duration NEVER = Duration.ofHours(1);

    private static final Duration OFTEN = Duration.ofMillis(50);
    private static final Duration LEASE = Duration.ofMinutes(1);

    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private final TestDatabase database = TestDatabase.postgres();

    @AfterEach
    void close() throws Exception {
        while (!opened.isEmpty()) {
            opened.pop().close();
        }
        database.close();
    }

    @Test
    void aLogoutNeedsNoPollOfTheOtherNodes() {
        Node here = node(NEVER, true);
        Node there = node(NEVER, true);
        Node alsoThere = node(NEVER, true);
        for (int i = 0; i < 20; i++) {
            IssuedToken token = here.open();
            there.cache(token);
            alsoThere.cache(token);

            RevocationOutcome outcome = here.node.manager().revoke(token.token());

            assertThat(outcome.waitedOut()).isEmpty();
            there.assertRefusesWithoutTheStore(token);
            alsoThere.assertRefusesWithoutTheStore(token);
        }
    }

    @Test
    void aRotationAndAnAnnouncementNeedNoneEither() {
        Node here = node(NEVER, true);
        Node there = node(NEVER, true);
        IssuedToken token = here.open();
        there.cache(token);
        here.node.manager().rotate(token.token()).orElseThrow();
        await().until(() -> there.node.manager().find(token.token()).isEmpty());

        IssuedToken vanished = here.open();
        there.cache(vanished);
        TestDatabase.execute(database.dataSource(), "DELETE FROM lockstep_session");
        here.node.manager().revoke(vanished.token());

        assertThat(there.node.manager().find(vanished.token())).isEmpty();
    }

    /** One of a former version, for instance. */
    @Test
    void aNodeThatHearsNoPokeIsSettledByItsPolls() {
        Node here = node(NEVER, true);
        Node deaf = node(OFTEN, false);
        Node hearing = node(NEVER, true);
        IssuedToken token = here.open();
        deaf.cache(token);
        hearing.cache(token);

        RevocationOutcome outcome = here.node.manager().revoke(token.token());

        assertThat(outcome.waitedOut()).isEmpty();
        deaf.assertRefusesWithoutTheStore(token);
        hearing.assertRefusesWithoutTheStore(token);
    }

    @Test
    void aNodeThatPokesNobodyIsHeardOfByPolls() {
        Node silent = node(OFTEN, false);
        Node there = node(OFTEN, true);
        IssuedToken token = silent.open();
        there.cache(token);

        assertThat(silent.node.manager().revoke(token.token()).waitedOut()).isEmpty();

        there.assertRefusesWithoutTheStore(token);
    }

    private Node node(Duration poll, boolean pokes) {
        JdbcStore store = database.open("/shop", StoreSettings.DEFAULTS.withThreads(StoreSettings.MIN_THREADS));
        opened.push(store);
        RecordedNodeEvents told = new RecordedNodeEvents();
        RevocationChannel channel = pokes
                ? store.channel().orElseThrow().factory().open(Executors.defaultThreadFactory(), told.listener())
                : null;
        NaiveCache near = new NaiveCache();
        SessionNode node = new SessionNode(
                "/shop",
                SessionSettings.of(RevocationSettings.of("node of a test", LEASE, poll, Duration.ofSeconds(30))),
                store,
                ApplicationKey.absent("/shop"),
                new LayeredCache(near, null, Duration.ofMinutes(15), NodeClock.SYSTEM),
                channel,
                new RecordedEvents(),
                NodeClock.SYSTEM,
                Executors.defaultThreadFactory(),
                told.listener());
        opened.push(node);
        node.start();
        await().until(() -> !pokes || told.of("channel").contains("channel true"));
        await().until(() -> !told.of("leaseGranted").isEmpty());
        return new Node(node, told);
    }

    private record Node(SessionNode node, RecordedNodeEvents told) {

        IssuedToken open() {
            return node.manager().open("alice", Set.of("user"));
        }

        /** Has a copy that is vouched for. */
        void cache(IssuedToken token) {
            await().until(() -> {
                told.take();
                assertThat(node.manager().find(token.token())).isPresent();
                return told.of("loaded").isEmpty();
            });
        }

        void assertRefusesWithoutTheStore(IssuedToken token) {
            told.take();
            assertThat(node.manager().find(token.token())).isEmpty();
        }
    }
}
