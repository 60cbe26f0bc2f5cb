package dev.lockstep.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.RevocationOutcome;
import dev.lockstep.RevocationUnconfirmedException;
import dev.lockstep.Session;
import dev.lockstep.SessionManager;
import dev.lockstep.key.ApplicationKey;
import dev.lockstep.revocation.ProtocolLimits;
import dev.lockstep.revocation.RevocationSettings;
import dev.lockstep.session.LayeredCache;
import dev.lockstep.session.SessionEvents;
import dev.lockstep.session.SessionNode;
import dev.lockstep.session.SessionSettings;
import dev.lockstep.spi.NodeClock;
import dev.lockstep.spi.NodeListener;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Logouts of which a real database refuses one: it fails alone, not with those that it is committed
 * with.
 */
class RefusedLogoutTest {

    private static final String CLOCK = "SELECT position FROM lockstep_log_clock FOR UPDATE";

    @ParameterizedTest
    @ValueSource(strings = {"H2", "PostgreSQL", "MariaDB"})
    void oneThatViolatesAConstraint(String kind) throws Exception {
        try (TestDatabase database = database(kind);
                Node node = new Node(database)) {
            String refused = node.open();
            node.execute("ALTER TABLE lockstep_revocation ADD CONSTRAINT none_of_these CHECK (session_id <> '" + refused
                    + "')");

            node.assertFailsAlone(refused, "LOCKSTEP-0105 ");
        }
    }

    private static TestDatabase database(String kind) {
        return switch (kind) {
            case "H2" -> TestDatabase.h2InMemory();
            case "PostgreSQL" -> TestDatabase.postgres();
            case "MariaDB" -> TestDatabase.mariaDb();
            default -> throw new IllegalArgumentException(kind);
        };
    }

    @Test
    void oneThatATriggerRefusesInMariaDb() throws Exception {
        try (TestDatabase database = TestDatabase.mariaDb();
                Node node = new Node(database)) {
            String refused = node.open();
            node.execute("CREATE TRIGGER keep BEFORE DELETE ON lockstep_session FOR EACH ROW IF OLD.id = '" + refused
                    + "' THEN SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'kept'; END IF");

            node.assertFailsAlone(refused, "LOCKSTEP-0105 ");
        }
    }

    @Test
    void oneThatATriggerRefuses() throws Exception {
        try (TestDatabase database = TestDatabase.postgres();
                Node node = new Node(database)) {
            String refused = node.open();
            node.execute("CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS"
                    + " 'BEGIN RAISE EXCEPTION USING MESSAGE = ''kept''; END'");
            node.execute("CREATE TRIGGER keep BEFORE DELETE ON lockstep_session FOR EACH ROW WHEN (OLD.id = '" + refused
                    + "') EXECUTE FUNCTION refuse()");

            node.assertFailsAlone(refused, "LOCKSTEP-0105 ");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"PostgreSQL", "MariaDB"})
    void oneWhoseRowAForgottenTransactionHoldsLocked(String kind) throws Exception {
        try (TestDatabase database = database(kind);
                Node node = new Node(database)) {
            String locked = node.open();
            try (Connection forgotten = node.locking("SELECT id FROM lockstep_session WHERE id = '" + locked
                    + "' AND application = '/shop' FOR UPDATE")) {
                node.assertFailsAlone(locked, "LOCKSTEP-0230 ");
                forgotten.rollback();
            }

            node.sessions.revokeById(locked);
            assertThat(node.list()).isEmpty();
        }
    }

    /** One node, whose feed hardly ever polls. */
    private static final class Node implements AutoCloseable {

        private final TestDatabase database;
        private final JdbcStore store;
        private final SessionNode node;
        private final SessionManager sessions;

        Node(TestDatabase database) {
            this.database = database;
            this.store = database.open("/shop");
            this.node = new SessionNode(
                    "/shop",
                    SessionSettings.of(RevocationSettings.of(
                            "node of a test",
                            ProtocolLimits.LONGEST_LEASE,
                            Duration.ofMillis(50),
                            Duration.ofSeconds(30))),
                    store,
                    ApplicationKey.absent("/shop"),
                    new LayeredCache(null, null, Duration.ofMinutes(15), NodeClock.SYSTEM),
                    null,
                    new NoEvents(),
                    NodeClock.SYSTEM,
                    Executors.defaultThreadFactory(),
                    NodeListener.NONE);
            node.start();
            sessions = node.manager();
        }

        String open() {
            return sessions.open("alice", Set.of()).session().id();
        }

        List<Session> list() {
            return sessions.list("alice");
        }

        /**
         * Three that gather while another waits for the clock row, and so are committed together.
         */
        void assertFailsAlone(String refused, String message) throws Exception {
            String first = open();
            String before = open();
            String after = open();
            CompletableFuture<RevocationOutcome> underWay;
            List<CompletableFuture<RevocationOutcome>> together;
            try (Connection other = locking(CLOCK)) {
                underWay = revoke(first);
                Awaitility.await().until(() -> store.busy() == 1);
                together = Stream.of(before, refused, after).map(this::revoke).toList();
                other.rollback();
            }

            underWay.join();
            together.get(0).join();
            together.get(2).join();
            assertThatThrownBy(together.get(1)::get)
                    .hasCauseInstanceOf(RevocationUnconfirmedException.class)
                    .hasMessageContaining(message);
            assertThat(list()).extracting(Session::id).containsExactly(refused);
        }

        private CompletableFuture<RevocationOutcome> revoke(String id) {
            return sessions.revokeByIdAsync(id).toCompletableFuture();
        }

        Connection locking(String query) throws Exception {
            Connection connection = database.dataSource().getConnection();
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement()) {
                statement.executeQuery(query).close();
            }
            return connection;
        }

        void execute(String sql) {
            TestDatabase.execute(database.dataSource(), sql);
        }

        @Override
        public void close() {
            node.close();
            store.close();
        }
    }

    private static final class NoEvents implements SessionEvents {

        @Override
        public void fire(Object event) {}

        @Override
        public void fireLater(Object event) {}
    }
}
