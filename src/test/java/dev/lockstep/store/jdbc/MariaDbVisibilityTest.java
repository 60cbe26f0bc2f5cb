package dev.lockstep.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.SessionCopy;
import dev.lockstep.contract.Concurrently;
import dev.lockstep.contract.Samples;
import dev.lockstep.spi.LogPosition;
import dev.lockstep.spi.Revocation;
import dev.lockstep.spi.RevocationLog.LogPage;
import dev.lockstep.spi.RevocationLog.NodeRows;
import dev.lockstep.spi.RevocationTarget.OfToken;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/**
 * Whoever reads a position has read all that was committed up to it. A snapshot of InnoDB has, now
 * and then, the later of two transactions that waited for each other, and not the earlier one: the
 * more transactions are under way, the longer it takes to make, and the more often that is so.
 */
class MariaDbVisibilityTest {

    private static final int WRITERS = 8;
    private static final int READERS = 4;

    /** Announcements of each writer. */
    private static final int EACH = 60;

    /** Transactions that are under way all the time, and do nothing. */
    private static final int IDLE = 300;

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final String WAITING = "SELECT COUNT(*) FROM information_schema.PROCESSLIST"
            + " WHERE db = DATABASE() AND state LIKE 'Waiting for table%'";

    private final String name = TestDatabase.createMariaDb();
    private final AtomicInteger writing = new AtomicInteger(WRITERS);

    /**
     * If one query read all, one of the pages would leave out a row, as a rule among the first
     * hundreds.
     */
    @Test
    void noPageLeavesOutARow() throws Exception {
        try (TestDatabase database = TestDatabase.mariaDb(name);
                IdleTransactions idle = IdleTransactions.begin(TestDatabase.mariaDbUrl(name), IDLE);
                Concurrently concurrently = new Concurrently()) {
            List<Callable<Integer>> tasks = new ArrayList<>();
            for (int i = 0; i < WRITERS; i++) {
                tasks.add(() -> announce(database));
            }
            for (int i = 0; i < READERS; i++) {
                tasks.add(() -> poll(database));
            }
            assertThat(concurrently.run(tasks)).allMatch(count -> count > 0);
            assertThat(idle.size()).isEqualTo(IDLE);
        }
    }

    /** A copy is as old as what was read first: what has happened since may not be in its row. */
    @Test
    void aFindReadsTheSessionBehindThePosition() throws Exception {
        try (TestDatabase database = TestDatabase.mariaDb(name);
                JdbcStore store = node(database)) {
            SessionCopy opened = store.open(Samples.session("alice"));

            SessionCopy found = whileItWaits(
                    "lockstep_session",
                    () -> store.find(opened.digest()),
                    "UPDATE lockstep_log_clock SET position = 1");

            assertThat(found.position()).isZero();
            assertThat(store.find(opened.digest()).position()).isEqualTo(1);
        }
    }

    @Test
    void aPollReadsTheLogBehindThePositionAndTellsNothingBeyondIt() throws Exception {
        try (TestDatabase database = TestDatabase.mariaDb(name);
                JdbcStore store = node(database)) {
            LogPosition start = store.nodes().head();
            store.announce(List.of(new OfToken(Samples.digest())));

            LogPage page = whileItWaits(
                    "lockstep_revocation",
                    () -> store.poll("none", start, 10),
                    "UPDATE lockstep_log_clock SET position = 2",
                    "INSERT INTO lockstep_revocation VALUES"
                            + " ('/shop', 2, UNHEX(REPEAT('00', 32)), 'none', 'nobody', 'REVOKED', 0)");

            assertThat(page.head().position()).isEqualTo(1);
            assertThat(page.rows()).extracting(Revocation::position).containsExactly(1L);
            assertThat(store.poll("none", start, 10).rows()).hasSize(2);
        }
    }

    @Test
    void nodesAreReadBehindThePosition() throws Exception {
        try (TestDatabase database = TestDatabase.mariaDb(name);
                JdbcStore store = node(database)) {
            NodeRows read = whileItWaits(
                    "lockstep_node",
                    store::nodes,
                    "UPDATE lockstep_log_clock SET position = 1",
                    "INSERT INTO lockstep_node VALUES ('/shop', 'n1', 'node', 2000, 1, 1, FALSE, NULL, NULL)");

            assertThat(read.head().position()).isZero();
            assertThat(read.rows()).hasSize(1);
        }
    }

    /** Keeps a table until a call waits for it, and then runs statements before it goes on. */
    private <T> T whileItWaits(String table, Callable<T> call, String... statements) throws Exception {
        String url = TestDatabase.mariaDbUrl(name);
        try (Connection keeper = DriverManager.getConnection(url);
                Statement keeping = keeper.createStatement();
                Concurrently concurrently = new Concurrently();
                TestDatabase database = TestDatabase.mariaDb(name)) {
            keeping.execute("LOCK TABLES " + table + " WRITE");
            Future<T> result = concurrently.start(call);
            Awaitility.await().atMost(PATIENCE).until(() -> TestDatabase.number(database.dataSource(), WAITING) > 0);
            for (String statement : statements) {
                if (statement.contains(table)) {
                    keeping.execute(statement);
                } else {
                    TestDatabase.execute(database.dataSource(), statement);
                }
            }
            keeping.execute("UNLOCK TABLES");
            return result.get();
        }
    }

    private int announce(TestDatabase database) {
        try (JdbcStore store = node(database)) {
            for (int i = 0; i < EACH; i++) {
                store.announce(List.of(new OfToken(Samples.digest())));
            }
            return EACH;
        } finally {
            writing.decrementAndGet();
        }
    }

    private int poll(TestDatabase database) {
        try (JdbcStore store = node(database)) {
            LogPosition after = store.nodes().head();
            int pages = 0;
            while (writing.get() > 0) {
                LogPage page = store.poll("none", after, Integer.MAX_VALUE);
                long expected = after.position();
                for (Revocation row : page.rows()) {
                    expected++;
                    assertThat(row.position()).isEqualTo(expected);
                }
                assertThat(page.head().position()).isEqualTo(expected);
                after = page.head();
                pages++;
            }
            return pages;
        }
    }

    /** Each writer and each reader is a node of its own, so that they meet in the database. */
    private static JdbcStore node(TestDatabase database) {
        return database.open("/shop", StoreSettings.DEFAULTS.withThreads(StoreSettings.MIN_THREADS));
    }

    /** Each has written a row, for only what writes is among the transactions of a snapshot. */
    private record IdleTransactions(List<Connection> connections) implements AutoCloseable {

        static IdleTransactions begin(String url, int count) throws SQLException {
            IdleTransactions begun = new IdleTransactions(new ArrayList<>());
            for (int i = 0; i < count; i++) {
                Connection connection = DriverManager.getConnection(url);
                begun.connections.add(connection);
                try (Statement statement = connection.createStatement()) {
                    statement.execute("CREATE TABLE IF NOT EXISTS idle (id INTEGER PRIMARY KEY) ENGINE = InnoDB");
                    connection.setAutoCommit(false);
                    statement.execute("INSERT INTO idle VALUES (" + i + ")");
                }
            }
            return begun;
        }

        int size() {
            return connections.size();
        }

        @Override
        public void close() throws SQLException {
            for (Connection connection : connections) {
                connection.close();
            }
        }
    }
}
