package dev.lockstep.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lockstep.IssuedToken;
import dev.lockstep.SessionManager;
import dev.lockstep.contract.NaiveCache;
import dev.lockstep.revocation.FactsLimits;
import dev.lockstep.revocation.RevocationSettings;
import dev.lockstep.spi.NodeClock;
import dev.lockstep.store.jdbc.JdbcStore;
import dev.lockstep.store.jdbc.SchemaMode;
import dev.lockstep.store.jdbc.StoreSettings;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executors;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What somebody deletes from a real database, beside two nodes that hold copies of it. */
class DeletedByHandTest {

    private static final String DELETE = "DELETE FROM lockstep_session WHERE application = '/shop'";
    private static final String NEW_EPOCH =
            "UPDATE lockstep_log_clock SET epoch = RANDOM_UUID() WHERE application = '/shop'";

    private final JdbcConnectionPool database =
            JdbcConnectionPool.create("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1", "sa", "");
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private final SessionManager a = node();
    private final SessionManager b = node();

    @AfterEach
    void close() throws Exception {
        while (!opened.isEmpty()) {
            opened.pop().close();
        }
        database.dispose();
    }

    @ParameterizedTest
    @EnumSource
    void isAcceptedByNoNodeOnceItIsRevoked(PromiseTest.Way way) throws SQLException {
        IssuedToken issued = openEverywhere();
        execute(DELETE);

        way.revoke.accept(a, issued);

        assertThat(a.find(issued.token())).isEmpty();
        assertThat(b.find(issued.token())).isEmpty();
    }

    @Test
    void isAcceptedByNoNodeSoonWhereTheLogGetsANewEpoch() throws SQLException {
        IssuedToken issued = openEverywhere();

        execute("SET AUTOCOMMIT OFF; " + DELETE + "; " + NEW_EPOCH + "; COMMIT; SET AUTOCOMMIT ON");

        await().until(() ->
                a.find(issued.token()).isEmpty() && b.find(issued.token()).isEmpty());
    }

    private IssuedToken openEverywhere() {
        IssuedToken issued = a.open("alice", Set.of("user"));
        await().until(() ->
                b.find(issued.token()).isPresent() && a.find(issued.token()).isPresent());
        return issued;
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private SessionManager node() {
        JdbcStore store = JdbcStore.open(
                database,
                new StoreSettings("/shop", Duration.ofSeconds(5), 4, 100, SchemaMode.MIGRATE),
                Executors.defaultThreadFactory());
        opened.push(store);
        SessionNode node = new SessionNode(
                new SessionSettings("/shop", Duration.ofHours(12), Duration.ofHours(1), true),
                new RevocationSettings(
                        "node of a test",
                        Duration.ofSeconds(2),
                        Duration.ofMillis(50),
                        Duration.ofSeconds(5),
                        FactsLimits.DEFAULT,
                        false),
                store,
                new Copies(new NaiveCache(), null, Duration.ofMinutes(15)),
                null,
                new RecordedEvents(),
                NodeClock.SYSTEM,
                Executors.defaultThreadFactory());
        opened.push(node);
        node.start();
        return node.manager();
    }
}
