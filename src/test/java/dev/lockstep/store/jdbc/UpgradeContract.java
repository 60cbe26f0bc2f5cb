package dev.lockstep.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.Session;
import dev.lockstep.SessionCopy;
import dev.lockstep.contract.Samples;
import dev.lockstep.docs.Block;
import dev.lockstep.spi.KeyRing;
import dev.lockstep.spi.KeyVersion;
import dev.lockstep.spi.LockstepVersion;
import dev.lockstep.spi.LogPosition;
import dev.lockstep.spi.RevocationLog.NodeRow;
import dev.lockstep.store.jdbc.schema.SchemaMode;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What becomes of tables of an earlier version, and of its nodes, on every database. Each test has
 * an empty database.
 */
abstract class UpgradeContract {

    private static final Duration LONG = Duration.ofDays(1);
    private static final String APPLICATION = "/shop";
    static final String FIRST = "V1__sessions.sql";
    private static final Block WAY_BACK = Block.printed("docs/howto/upgrade.md", "sql", 2);
    private static final String SECOND = "V2__nodes.sql";
    private static final String THIRD = "V3__key.sql";

    /** As a node of the first version registers. */
    private static final String FORMER_NODE = "INSERT INTO lockstep_node"
            + " (application, id, name, lease_millis, applied, applied_epoch, fenced)"
            + " VALUES ('/shop', 'former-1', 'a former node', 2000, 0, 0, FALSE)";

    @AutoClose
    TestDatabase database;

    abstract TestDatabase empty() throws Exception;

    /** The same database by another pool, as another node has it. */
    abstract TestDatabase again() throws Exception;

    abstract String directory();

    /** 32 bytes, in SQL. */
    abstract String digest();

    void runByHand(String file) throws SQLException {
        execute(file);
    }

    @BeforeEach
    void create() throws Exception {
        database = empty();
    }

    @Test
    void validateNamesWhatTheFirstVersionLacksAndTheFileThatBringsIt() throws Exception {
        runShippedSql(FIRST);

        assertThatThrownBy(() -> open(database, SchemaMode.VALIDATE))
                .hasMessageStartingWith("LOCKSTEP-0114 ")
                .hasMessageContaining("the column lockstep_node.registered_at, the column lockstep_node.version")
                .hasMessageContaining("dev/lockstep/store/jdbc/schema/" + directory() + "/" + SECOND)
                .hasMessageContaining("dev/lockstep/store/jdbc/schema/" + directory() + "/" + THIRD)
                .hasMessageNotContaining(FIRST);
        runShippedSql(SECOND);
        runShippedSql(THIRD);

        assertWorks(SchemaMode.VALIDATE);
    }

    @Test
    void validateNamesWhatTheSecondVersionLacksAndTheFileThatBringsIt() throws Exception {
        runShippedSql(FIRST);
        runShippedSql(SECOND);

        assertThatThrownBy(() -> open(database, SchemaMode.VALIDATE))
                .hasMessageStartingWith("LOCKSTEP-0114 ")
                .hasMessageContaining("the table lockstep_key, the column lockstep_log_clock.key_version")
                .hasMessageContaining("dev/lockstep/store/jdbc/schema/" + directory() + "/" + THIRD)
                .hasMessageNotContaining(SECOND);
    }

    @Test
    void whatTheFirstVersionKeptIsThereAfterTheMigration() throws Exception {
        runShippedSql(FIRST);
        execute(FORMER_NODE);
        execute(
                "INSERT INTO lockstep_session (application, id, digest, principal, created_at, last_seen_at, expires_at,"
                        + " idle_timeout, valid_until) VALUES ('/shop', 'former', " + digest() + ", 'alice', 0, 0,"
                        + " 9999999999999, 9999999999999, 9999999999999)");

        try (JdbcStore store = open(database, SchemaMode.MIGRATE)) {
            assertThat(store.nodes().rows())
                    .containsExactly(new NodeRow(
                            "former-1", "a former node", Duration.ofSeconds(2), new LogPosition(0, 0), false));
            assertThat(store.list("alice")).extracting(Session::id).containsExactly("former");
            assertThat(store.page("alice", null, 10).sessions()).hasSize(1);
            assertThat(store.keyRing(LONG).inForce().createdAt()).isAfter(Instant.EPOCH);
        }
        assertThat(versions()).containsExactly("1", "2", "3");
    }

    /** During a rolling upgrade, and after a step back. */
    @Test
    void aNodeOfTheFirstVersionGoesOnWithTheTablesOfTheSecond() {
        try (JdbcStore store = open(database, SchemaMode.MIGRATE)) {
            store.register("new-1", "a new node", Duration.ofSeconds(2));
            execute(FORMER_NODE);

            List<NodeRow> rows = store.nodes().rows();

            assertThat(rows).extracting(NodeRow::id).containsExactly("former-1", "new-1");
            assertThat(rows.get(0).registeredAt()).isNull();
            assertThat(rows.get(1).registeredAt()).isNotNull();
        }
    }

    /** By the statements that a node of the second version sends to the clock row. */
    @Test
    void aNodeOfTheSecondVersionGoesOnWithTheTablesOfTheThird() throws Exception {
        runShippedSql();
        execute("INSERT INTO lockstep_log_clock (application, epoch, position, floor)"
                + " VALUES ('/shop', '00000000-0000-4000-8000-000000000001', 0, 0)");

        try (JdbcStore store = open(database, SchemaMode.VALIDATE)) {
            KeyRing key = store.keyRing(LONG);
            execute("UPDATE lockstep_log_clock SET position = position + 1 WHERE application = '/shop'");
            execute("UPDATE lockstep_log_clock SET floor = 1 WHERE application = '/shop'");

            assertThat(store.poll("none", store.nodes().head(), 1).keyVersion())
                    .isEqualTo(key.inForce().number());
            assertThat(store.nodes().head().position()).isEqualTo(1);
            assertThat(query("SELECT position FROM lockstep_log_clock WHERE application = '/shop' AND floor = 1"))
                    .containsExactly("1");
        }
    }

    /** The tables were emptied, and a node of the second version makes the clock row again. */
    @Test
    void aClockRowOfTheSecondVersionNamesNoKeyUntilANodeOfTheThirdMakesOne() {
        try (JdbcStore store = open(database, SchemaMode.MIGRATE)) {
            KeyVersion former = store.keyRing(LONG).inForce();
            execute("DELETE FROM lockstep_log_clock");
            execute("INSERT INTO lockstep_log_clock (application, epoch, position, floor)"
                    + " VALUES ('/shop', '00000000-0000-4000-8000-000000000001', 0, 0)");

            assertThat(store.poll("none", store.nodes().head(), 1).keyVersion()).isZero();
            assertThat(store.keyRing(LONG).versions()).hasSize(2).endsWith(former);
        }
    }

    @Test
    void aStepBackToTheFirstVersionAndTheWayForwardAgainKeepEverySession() {
        SessionCopy copy;
        KeyVersion former;
        try (JdbcStore store = open(database, SchemaMode.MIGRATE)) {
            former = store.keyRing(LONG).inForce();
            copy = store.open(Samples.session("alice"));
        }
        for (String statement : WAY_BACK.text().strip().split(";")) {
            execute(statement);
        }

        try (JdbcStore store = open(database, SchemaMode.MIGRATE)) {
            assertThat(store.page("alice", null, 10).sessions()).containsExactly(copy);
            KeyVersion made = store.keyRing(LONG).inForce();
            assertThat(made.number()).isNotEqualTo(former.number());
            assertThat(made.createdAt()).isAfter(Instant.EPOCH);
        }
        assertThat(versions()).containsExactly("1", "2", "3");
    }

    @Test
    void aNodesRowTellsItsVersionAndSinceWhenItIsRegistered() {
        try (JdbcStore store = open(database, SchemaMode.MIGRATE)) {
            Instant before = store.open(Samples.session("alice")).session().createdAt();
            store.register("n1", "a node", Duration.ofSeconds(2));
            Instant after = store.open(Samples.session("alice")).session().createdAt();

            NodeRow row = store.nodes().rows().get(0);
            assertThat(row.version()).isEqualTo(LockstepVersion.current());
            assertThat(row.registeredAt()).isBetween(before, after);
            execute("UPDATE lockstep_node SET version = 'another'");
            assertThat(store.nodes().rows().get(0).version()).isEqualTo("another");
        }
    }

    void assertWorks(SchemaMode mode) {
        assertThat(works(database, mode)).isTrue();
    }

    static boolean works(TestDatabase database, SchemaMode mode) {
        try (JdbcStore store = open(database, mode)) {
            SessionCopy copy = store.open(Samples.session("alice"));
            return copy.equals(store.find(copy.digest()));
        }
    }

    static JdbcStore open(TestDatabase database, SchemaMode mode) {
        return JdbcStore.open(
                database.dataSource(),
                APPLICATION,
                StoreSettings.DEFAULTS.withSchema(mode).withThreads(StoreSettings.MIN_THREADS),
                Executors.defaultThreadFactory());
    }

    void runShippedSql() throws Exception {
        runShippedSql(FIRST);
        runShippedSql(SECOND);
        runShippedSql(THIRD);
    }

    void runShippedSql(String name) throws Exception {
        String path = "/dev/lockstep/store/jdbc/schema/" + directory() + "/" + name;
        try (InputStream file = JdbcStore.class.getResourceAsStream(path)) {
            runByHand(new String(file.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    void execute(String sql) {
        TestDatabase.execute(database.dataSource(), sql);
    }

    List<String> versions() {
        return query("SELECT version FROM lockstep_schema ORDER BY version");
    }

    List<String> query(String sql) {
        return TestDatabase.query(database.dataSource(), sql);
    }
}
