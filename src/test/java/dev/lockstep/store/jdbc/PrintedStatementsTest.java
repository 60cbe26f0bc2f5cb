package dev.lockstep.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.contract.Samples;
import dev.lockstep.docs.Block;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.function.Supplier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The statements that the documentation prints do what it says on the database that it names. */
class PrintedStatementsTest {

    private static final String APPLICATION = "/printed";

    private enum Kind {
        POSTGRES(
                TestDatabase::postgres,
                Block.printed("docs/howto/logout-settings.md", "sql", 1),
                Block.printed("docs/howto/logout-settings.md", "sql", 4)),
        H2(
                TestDatabase::h2InMemory,
                Block.printed("docs/howto/logout-settings.md", "sql", 2),
                Block.printed("docs/howto/logout-settings.md", "sql", 5)),
        MARIADB(
                TestDatabase::mariaDb,
                Block.printed("docs/howto/logout-settings.md", "sql", 3),
                Block.printed("docs/howto/logout-settings.md", "sql", 6));

        private final Supplier<TestDatabase> database;
        private final Block everybodyOut;
        private final Block newEpoch;

        Kind(Supplier<TestDatabase> database, Block everybodyOut, Block newEpoch) {
            this.database = database;
            this.everybodyOut = everybodyOut;
            this.newEpoch = newEpoch;
        }

        TestDatabase database() {
            return database.get();
        }

        String everybodyOut() {
            return everybodyOut.text();
        }

        String newEpoch() {
            return newEpoch.text();
        }
    }

    @ParameterizedTest
    @EnumSource
    void everybodyIsLoggedOutInOneTransactionWithANewEpoch(Kind kind) throws SQLException {
        try (TestDatabase database = kind.database();
                JdbcStore store = database.open(APPLICATION);
                Connection connection = database.dataSource().getConnection()) {
            store.open(Samples.session("alice"));
            String epoch = epoch(connection);

            execute(connection, kind.everybodyOut());

            assertThat(store.list("alice")).isEmpty();
            assertThat(epoch(connection)).isNotEqualTo(epoch);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aRestoredDatabaseGetsANewEpoch(Kind kind) throws SQLException {
        try (TestDatabase database = kind.database();
                JdbcStore store = database.open(APPLICATION);
                Connection connection = database.dataSource().getConnection()) {
            String epoch = epoch(connection);
            execute(connection, kind.newEpoch());
            assertThat(epoch(connection)).isNotEqualTo(epoch);
            assertThat(store.list("alice")).isEmpty();
        }
    }

    private static void execute(Connection connection, String statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String each : statements.strip().split(";\\s*")) {
                statement.execute(each);
            }
        }
        assertThat(connection.getAutoCommit()).isTrue();
    }

    private static String epoch(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT CAST(epoch AS VARCHAR(36)) FROM lockstep_log_clock")) {
            assertThat(row.next()).isTrue();
            return row.getString(1);
        }
    }
}
