package dev.lockstep.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.LockstepException;
import dev.lockstep.Session;
import dev.lockstep.SessionCopy;
import dev.lockstep.StoreUnavailableException;
import dev.lockstep.contract.Concurrently;
import dev.lockstep.contract.Samples;
import dev.lockstep.docs.Block;
import dev.lockstep.spi.LockstepVersion;
import dev.lockstep.spi.LogPosition;
import dev.lockstep.spi.RevocationLog.NodeRow;
import dev.lockstep.store.jdbc.schema.SchemaMode;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What opening a store does about its tables, on every database. Each test has an empty database.
 */
abstract class SchemaContract {

    private static final String APPLICATION = "/shop";
    static final String FIRST = "V1__sessions.sql";
    private static final Block WAY_BACK = Block.printed("docs/howto/upgrade.md", "sql", 2);
    private static final String SECOND = "V2__nodes.sql";

    /** As a node of the first version registers. */
    private static final String FORMER_NODE = "INSERT INTO lockstep_node"
            + " (application, id, name, lease_millis, applied, applied_epoch, fenced)"
            + " VALUES ('/shop', 'former-1', 'a former node', 2000, 0, 0, FALSE)";

    @AutoClose
    private TestDatabase database;

    abstract TestDatabase empty() throws Exception;

    /** The same database by another pool, as another node has it. */
    abstract TestDatabase again() throws Exception;

    abstract String directory();

    /** Tables that only this database has. */
    List<String> moreTables() {
        return List.of();
    }

    /** Whose tables are ours, among those that information_schema tells of. */
    String thisSchema() {
        return "table_schema";
    }

    /** What names are put into to keep the case of their letters. */
    String quote() {
        return "\"";
    }

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
    void migrateMakesTheTables() throws Exception {
        assertWorks(SchemaMode.MIGRATE);

        List<String> expected = new ArrayList<>(List.of(
                "lockstep_housekeeping",
                "lockstep_log_clock",
                "lockstep_node",
                "lockstep_revocation",
                "lockstep_schema",
                "lockstep_session"));
        expected.addAll(moreTables());
        assertThat(tables("lockstep_")).containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void nodesThatStartAtOnceMigrateOnce() throws Exception {
        int nodes = 6;
        try (Concurrently concurrently = new Concurrently()) {
            List<TestDatabase> pools = new ArrayList<>();
            for (int i = 0; i < nodes; i++) {
                pools.add(again());
            }

            List<Boolean> opened = concurrently.run(pools.stream()
                    .map(pool -> (Callable<Boolean>) () -> works(pool, SchemaMode.MIGRATE))
                    .toList());

            assertThat(opened).hasSize(nodes).containsOnly(true);
            pools.forEach(TestDatabase::close);
        }
        assertThat(versions()).containsExactly("1", "2");
        assertThat(query("SELECT COUNT(*) FROM lockstep_log_clock")).containsExactly("1");
    }

    @Test
    void migratingAgainKeepsEverything() {
        SessionCopy copy;
        try (JdbcStore store = open(database, SchemaMode.MIGRATE)) {
            copy = store.open(Samples.session("alice"));
        }

        try (JdbcStore store = open(database, SchemaMode.MIGRATE)) {
            assertThat(store.find(copy.digest())).isEqualTo(copy);
        }
    }

    @Test
    void tablesOfOthersAreLeftAlone() throws Exception {
        execute("CREATE TABLE customer (id INT PRIMARY KEY)");
        execute("CREATE TABLE flyway_schema_history (installed_rank INT)");
        execute("INSERT INTO customer VALUES (42)");

        assertWorks(SchemaMode.MIGRATE);

        assertThat(query("SELECT id FROM customer")).containsExactly("42");
        assertThat(query("SELECT COUNT(*) FROM flyway_schema_history")).containsExactly("0");
    }

    @Test
    void validateAcceptsWhatMigrateMade() {
        assertWorks(SchemaMode.MIGRATE);

        assertWorks(SchemaMode.VALIDATE);
    }

    @Test
    void validateAcceptsTheShippedSqlRunByHand() throws Exception {
        runShippedSql();

        assertWorks(SchemaMode.VALIDATE);

        assertThat(versions()).containsExactly("1", "2");
    }

    /** As they were made by hand while the files did not yet write down their version. */
    @Test
    void validateAcceptsTablesWhoseVersionIsNotRecorded() throws Exception {
        runShippedSql();
        execute("DROP TABLE lockstep_schema");

        assertWorks(SchemaMode.VALIDATE);

        assertThat(tables("lockstep_schema")).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"MIGRATE", "VALIDATE"})
    void tablesOfANewerVersionAreRefusedAndLeftAlone(SchemaMode mode) throws Exception {
        runShippedSql();
        execute("INSERT INTO lockstep_schema VALUES (1000)");

        assertThatThrownBy(() -> open(database, mode))
                .isInstanceOf(LockstepException.class)
                .hasMessageStartingWith("LOCKSTEP-0117 ")
                .hasMessageContaining("version 1000");

        assertThat(versions()).containsExactly("1", "2", "1000");
    }

    @Test
    void tablesThatFlywayMadeGoOnAndItsHistoryIsLeftAlone() throws Exception {
        runShippedSql(FIRST);
        execute("DROP TABLE lockstep_schema");
        execute(quoted(
                "CREATE TABLE 'lockstep_schema_history' ('installed_rank' INT PRIMARY KEY, 'version' VARCHAR(50),"
                        + " 'description' VARCHAR(200), 'type' VARCHAR(20), 'script' VARCHAR(1000), 'checksum' INT,"
                        + " 'installed_by' VARCHAR(100), 'installed_on' TIMESTAMP, 'execution_time' INT,"
                        + " 'success' BOOLEAN)"));
        execute(quoted("INSERT INTO 'lockstep_schema_history' VALUES")
                + " (1, '1', 'sessions', 'SQL', 'V1__sessions.sql', 0, 'sa', NULL, 1, TRUE)");
        SessionCopy copy;
        try (JdbcStore store = open(database, SchemaMode.MIGRATE)) {
            copy = store.open(Samples.session("alice"));
        }

        try (JdbcStore store = open(database, SchemaMode.MIGRATE)) {
            assertThat(store.find(copy.digest())).isEqualTo(copy);
        }
        assertThat(versions()).containsExactly("1", "2");
        assertThat(query(quoted("SELECT COUNT(*) FROM 'lockstep_schema_history'")))
                .containsExactly("1");
    }

    @Test
    void noneWorksWithTheShippedSqlRunByHand() throws Exception {
        runShippedSql();

        assertWorks(SchemaMode.NONE);
    }

    @Test
    void validateNamesMissingTablesAndTheFileToRun() throws Exception {
        assertThatThrownBy(() -> open(database, SchemaMode.VALIDATE))
                .isInstanceOf(LockstepException.class)
                .hasMessageStartingWith("LOCKSTEP-0114 ")
                .hasMessageContaining("the table lockstep_session")
                .hasMessageContaining("the table lockstep_node")
                .hasMessageContaining("dev/lockstep/store/jdbc/schema/" + directory() + "/V1__sessions.sql");
        assertThat(tables("lockstep_")).isEmpty();
    }

    @Test
    void validateNamesMissingColumns() throws Exception {
        runShippedSql();
        execute("ALTER TABLE lockstep_node DROP COLUMN fenced");

        assertThatThrownBy(() -> open(database, SchemaMode.VALIDATE))
                .hasMessageContaining("the column lockstep_node.fenced")
                .hasMessageNotContaining("lockstep_session");
    }

    @Test
    void noneTouchesNothing() throws Exception {
        assertThatThrownBy(() -> open(database, SchemaMode.NONE)).isInstanceOf(StoreUnavailableException.class);

        assertThat(tables("lockstep_")).isEmpty();
    }

    @Test
    void aMigrationThatFailsSaysWhatToDo() throws Exception {
        execute("CREATE TABLE lockstep_revocation (something INT)");

        assertThatThrownBy(() -> open(database, SchemaMode.MIGRATE))
                .isInstanceOf(LockstepException.class)
                .hasMessageStartingWith("LOCKSTEP-0113 ")
                .hasMessageContaining("lockstep.store.schema=validate")
                .hasMessageContaining("dev/lockstep/store/jdbc/schema/" + directory() + "/V1__sessions.sql");

        execute("DROP TABLE lockstep_revocation");
        assertWorks(SchemaMode.MIGRATE);
    }

    @Test
    void migrateTakesOverTablesThatWereMadeByHand() throws Exception {
        runShippedSql();

        assertWorks(SchemaMode.MIGRATE);
        assertThat(tables("lockstep_schema")).isNotEmpty();
    }

    @Test
    void migrateNoticesTablesThatAreNotOurs() {
        execute("CREATE TABLE lockstep_housekeeping (something INT)");

        assertThatThrownBy(() -> open(database, SchemaMode.MIGRATE))
                .hasMessageContaining("the column lockstep_housekeeping.application");
    }

    /**
     * The tables may go and come back, empty, while nodes run: a backup from before the
     * application's first start.
     */
    @Test
    void aMissingClockRowIsMadeAnewWithANewEpoch() {
        try (JdbcStore store = open(database, SchemaMode.MIGRATE)) {
            SessionCopy before = store.open(Samples.session("alice"));
            execute("DELETE FROM lockstep_log_clock");

            SessionCopy after = store.find(before.digest());

            assertThat(after.session()).isEqualTo(before.session());
            assertThat(after.epoch()).isNotEqualTo(before.epoch());
            execute("DELETE FROM lockstep_log_clock");
            assertThat(store.rotate(before.digest(), Samples.digest())).isNotNull();
            execute("DELETE FROM lockstep_log_clock");
            assertThat(store.open(Samples.session("alice")).position()).isZero();
        }
    }

    @Test
    void validateNamesWhatTheFirstVersionLacksAndTheFileThatBringsIt() throws Exception {
        runShippedSql(FIRST);

        assertThatThrownBy(() -> open(database, SchemaMode.VALIDATE))
                .hasMessageStartingWith("LOCKSTEP-0114 ")
                .hasMessageContaining("the column lockstep_node.registered_at, the column lockstep_node.version")
                .hasMessageContaining("dev/lockstep/store/jdbc/schema/" + directory() + "/" + SECOND)
                .hasMessageNotContaining(FIRST);
        runShippedSql(SECOND);

        assertWorks(SchemaMode.VALIDATE);
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
        }
        assertThat(versions()).containsExactly("1", "2");
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

    @Test
    void aStepBackToTheFirstVersionAndTheWayForwardAgainKeepEverything() {
        SessionCopy copy;
        try (JdbcStore store = open(database, SchemaMode.MIGRATE)) {
            copy = store.open(Samples.session("alice"));
        }
        execute(WAY_BACK.text().strip().replace(";", ""));

        try (JdbcStore store = open(database, SchemaMode.MIGRATE)) {
            assertThat(store.page("alice", null, 10).sessions()).containsExactly(copy);
        }
        assertThat(versions()).containsExactly("1", "2");
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

    private String quoted(String sql) {
        return sql.replace("'", quote());
    }

    void assertWorks(SchemaMode mode) {
        assertThat(works(database, mode)).isTrue();
    }

    private static boolean works(TestDatabase database, SchemaMode mode) {
        try (JdbcStore store = open(database, mode)) {
            SessionCopy copy = store.open(Samples.session("alice"));
            return copy.equals(store.find(copy.digest()));
        }
    }

    private static JdbcStore open(TestDatabase database, SchemaMode mode) {
        return JdbcStore.open(
                database.dataSource(),
                APPLICATION,
                StoreSettings.DEFAULTS.withSchema(mode).withThreads(StoreSettings.MIN_THREADS),
                Executors.defaultThreadFactory());
    }

    private void runShippedSql() throws Exception {
        runShippedSql(FIRST);
        runShippedSql(SECOND);
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

    private List<String> versions() {
        return query("SELECT version FROM lockstep_schema ORDER BY version");
    }

    List<String> query(String sql) {
        return TestDatabase.query(database.dataSource(), sql);
    }

    private List<String> tables(String prefix) throws SQLException {
        return query("SELECT LOWER(table_name) FROM information_schema.tables WHERE table_schema = " + thisSchema())
                .stream()
                .filter(name -> name.startsWith(prefix))
                .toList();
    }
}
