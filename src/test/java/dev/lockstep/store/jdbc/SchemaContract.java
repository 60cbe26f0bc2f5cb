package dev.lockstep.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.LockstepException;
import dev.lockstep.SessionCopy;
import dev.lockstep.StoreUnavailableException;
import dev.lockstep.contract.Concurrently;
import dev.lockstep.contract.Samples;
import dev.lockstep.store.jdbc.schema.SchemaMode;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What opening a store does about its tables, on every database. Each test has an empty database.
 */
abstract class SchemaContract extends UpgradeContract {

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

    @Test
    void migrateMakesTheTables() throws Exception {
        assertWorks(SchemaMode.MIGRATE);

        List<String> expected = new ArrayList<>(List.of(
                "lockstep_housekeeping",
                "lockstep_key",
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
        assertThat(versions()).containsExactly("1", "2", "3");
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

        assertThat(versions()).containsExactly("1", "2", "3");
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

        assertThat(versions()).containsExactly("1", "2", "3", "1000");
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
        assertThat(versions()).containsExactly("1", "2", "3");
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

    private String quoted(String sql) {
        return sql.replace("'", quote());
    }

    private List<String> tables(String prefix) throws SQLException {
        return query("SELECT LOWER(table_name) FROM information_schema.tables WHERE table_schema = " + thisSchema())
                .stream()
                .filter(name -> name.startsWith(prefix))
                .toList();
    }
}
