package dev.lockstep.session;

import static dev.lockstep.session.ChannelNode.NEVER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lockstep.IssuedToken;
import dev.lockstep.RevocationOutcome;
import dev.lockstep.contract.RecordedNodeEvents;
import dev.lockstep.spi.RevocationChannel;
import dev.lockstep.store.jdbc.JdbcStore;
import dev.lockstep.store.jdbc.StoreSettings;
import dev.lockstep.store.jdbc.TestDatabase;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Nodes on a real PostgreSQL that have no key, and poke each other by its notifications. */
class PokedLogoutTest {

    private static final Duration OFTEN = Duration.ofMillis(50);

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
        ChannelNode here = node(NEVER, true);
        ChannelNode there = node(NEVER, true);
        ChannelNode alsoThere = node(NEVER, true);
        for (int i = 0; i < 20; i++) {
            IssuedToken token = here.open();
            there.cache(token);
            alsoThere.cache(token);

            RevocationOutcome outcome = here.node().manager().revoke(token.token());

            assertThat(outcome.waitedOut()).isEmpty();
            there.assertRefusesWithoutTheStore(token);
            alsoThere.assertRefusesWithoutTheStore(token);
        }
    }

    @Test
    void aRotationAndAnAnnouncementNeedNoneEither() {
        ChannelNode here = node(NEVER, true);
        ChannelNode there = node(NEVER, true);
        IssuedToken token = here.open();
        there.cache(token);
        here.node().manager().rotate(token.token()).orElseThrow();
        await().until(() -> there.node().manager().find(token.token()).isEmpty());

        IssuedToken vanished = here.open();
        there.cache(vanished);
        TestDatabase.execute(database.dataSource(), "DELETE FROM lockstep_session");
        here.node().manager().revoke(vanished.token());

        assertThat(there.node().manager().find(vanished.token())).isEmpty();
    }

    /** One of a former version, for instance. */
    @Test
    void aNodeThatHearsNoPokeIsSettledByItsPolls() {
        ChannelNode here = node(NEVER, true);
        ChannelNode deaf = node(OFTEN, false);
        ChannelNode hearing = node(NEVER, true);
        IssuedToken token = here.open();
        deaf.cache(token);
        hearing.cache(token);

        RevocationOutcome outcome = here.node().manager().revoke(token.token());

        assertThat(outcome.waitedOut()).isEmpty();
        deaf.assertRefusesWithoutTheStore(token);
        hearing.assertRefusesWithoutTheStore(token);
    }

    @Test
    void aNodeThatPokesNobodyIsHeardOfByPolls() {
        ChannelNode silent = node(OFTEN, false);
        ChannelNode there = node(OFTEN, true);
        IssuedToken token = silent.open();
        there.cache(token);

        assertThat(silent.node().manager().revoke(token.token()).waitedOut()).isEmpty();

        there.assertRefusesWithoutTheStore(token);
    }

    private ChannelNode node(Duration poll, boolean pokes) {
        JdbcStore store =
                database.open(ChannelNode.APPLICATION, StoreSettings.DEFAULTS.withThreads(StoreSettings.MIN_THREADS));
        opened.push(store);
        RecordedNodeEvents told = new RecordedNodeEvents();
        RevocationChannel channel = pokes
                ? store.channel().orElseThrow().factory().open(Executors.defaultThreadFactory(), told.listener())
                : null;
        ChannelNode node = ChannelNode.start(store, channel, poll, told);
        opened.push(node);
        return node;
    }
}
