package dev.lockstep.store.jdbc.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.spi.NodeClock;
import dev.lockstep.store.jdbc.TestDatabase;
import dev.lockstep.store.jdbc.connection.StoreConnection;
import dev.lockstep.store.jdbc.connection.StoreExecutor.Deadline;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PostgresOldVersionsTest {

    private static final Duration LONG = Duration.ofSeconds(60);

    @AutoClose
    private final TestDatabase database = TestDatabase.postgres();

    @BeforeEach
    void makeTables() {
        database.open("/shop").close();
    }

    @Test
    void aForgottenTransactionThatKeepsThemIsNamed() throws Exception {
        try (Connection forgotten = database.dataSource().getConnection();
                Statement statement = forgotten.createStatement()) {
            forgotten.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            forgotten.setAutoCommit(false);
            statement.execute("SET application_name = 'a report'");
            statement.execute("SELECT 1 FROM lockstep_log_clock");
            long before = pagesOfAFind();
            logOut(PostgresOldVersions.WORTH_A_WARNING + 1_000);

            Awaitility.await()
                    .atMost(LONG)
                    .untilAsserted(() -> assertThat(look())
                            .singleElement()
                            .asString()
                            .startsWith("LOCKSTEP-0129 ")
                            .contains("(a report idle in transaction)"));
            assertThat(pagesOfAFind()).isGreaterThan(10 * before);
            forgotten.rollback();
        }

        TestDatabase.execute(database.dataSource(), "VACUUM lockstep_log_clock");
        Awaitility.await().atMost(LONG).untilAsserted(() -> assertThat(look()).isEmpty());
        assertThat(pagesOfAFind()).isLessThan(20);
    }

    @Test
    void asARuleThereAreNone() throws Exception {
        logOut(100);

        assertThat(look()).isEmpty();
    }

    /** As many versions of the clock row as so many logouts make. */
    private void logOut(int times) {
        TestDatabase.execute(
                database.dataSource(),
                "DO 'BEGIN FOR i IN 1.." + times
                        + " LOOP UPDATE lockstep_log_clock SET position = position + 1; END LOOP; END'");
    }

    private List<String> look() throws SQLException {
        try (Connection connection = database.dataSource().getConnection()) {
            return new PostgresOldVersions()
                    .look(new StoreConnection(connection, Deadline.after(NodeClock.SYSTEM, LONG)));
        }
    }

    /** How many pages a find reads, of the clock row's table and its index. */
    private long pagesOfAFind() {
        String plan = String.join(
                "\n",
                TestDatabase.query(
                        database.dataSource(),
                        "EXPLAIN (ANALYZE, BUFFERS, TIMING OFF, SUMMARY OFF)"
                                + " SELECT position FROM lockstep_log_clock WHERE application = '/shop'"));
        return Pattern.compile("Buffers: shared hit=(\\d+)")
                .matcher(plan)
                .results()
                .mapToLong(found -> Long.parseLong(found.group(1)))
                .findFirst()
                .orElseThrow();
    }
}
