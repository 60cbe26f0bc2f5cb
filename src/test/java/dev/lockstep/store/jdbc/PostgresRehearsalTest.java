package dev.lockstep.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.LockstepException;
import dev.lockstep.SessionCopy;
import dev.lockstep.contract.Samples;
import dev.lockstep.spi.LogPosition;
import dev.lockstep.spi.RevocationTarget.OfPrincipal;
import dev.lockstep.store.jdbc.dialect.Dialect;
import dev.lockstep.store.jdbc.postgresql.PostgresDialect;
import dev.lockstep.store.jdbc.schema.SchemaMode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Executors;
import javax.sql.DataSource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.ds.PGSimpleDataSource;

class PostgresRehearsalTest extends RehearsalContract {

    @Override
    TestDatabase empty() {
        return TestDatabase.postgres();
    }

    @Override
    Dialect dialect() {
        return new PostgresDialect();
    }

    @ParameterizedTest
    @CsvSource({
        "lockstep_session, INSERT, open sessions",
        "lockstep_session, UPDATE, touch sessions",
        "lockstep_session, DELETE, end sessions",
        "lockstep_revocation, INSERT, rotate tokens",
        "lockstep_revocation, DELETE, trim the log",
        "lockstep_node, INSERT, register nodes",
        "lockstep_node, UPDATE, confirm revocations",
        "lockstep_node, DELETE, remove nodes",
        "lockstep_log_clock, UPDATE, rotate tokens",
        "lockstep_key, INSERT, make and retire versions of the application's key",
        "lockstep_key, UPDATE, make and retire versions of the application's key",
        "lockstep_key, DELETE, make and retire versions of the application's key",
        "lockstep_housekeeping, UPDATE, sweep sessions"
    })
    void aRightThatIsMissingIsToldAtStartUp(String table, String right, String what) {
        String name = TestDatabase.createPostgres();
        String user = "user_" + name;
        try (TestDatabase owner = TestDatabase.postgres(name)) {
            open(owner.dataSource(), SchemaMode.MIGRATE).close();
            for (String sql : List.of(
                    "CREATE ROLE " + user + " LOGIN",
                    "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO " + user,
                    "REVOKE " + right + " ON " + table + " FROM " + user)) {
                TestDatabase.execute(owner.dataSource(), sql);
            }

            assertThatThrownBy(() -> open(dataSource(name, user, ""), SchemaMode.VALIDATE))
                    .isInstanceOf(LockstepException.class)
                    .hasMessageStartingWith("LOCKSTEP-0128 The store could not " + what)
                    .hasMessageContaining("LOCKSTEP-0119 ")
                    .hasStackTraceContaining(table);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "preferQueryMode=simple",
                "preferQueryMode=extendedForPrepared",
                "preferQueryMode=extendedCacheEverything",
                "prepareThreshold=0",
                "prepareThreshold=1",
                "prepareThreshold=-1",
                "autosave=always",
                "autosave=conservative",
                "reWriteBatchedInserts=true",
                "stringtype=unspecified",
                "readOnly=true&readOnlyMode=always",
                "readOnly=true",
                "defaultRowFetchSize=1",
                "options=-c%20default_transaction_read_only=on",
                "options=-c%20default_transaction_isolation=serializable",
                "options=-c%20default_transaction_deferrable=on",
                "options=-c%20standard_conforming_strings=off"
            })
    void aSettingEitherWorksOrIsRefusedAtStartUp(String setting) {
        String name = TestDatabase.createPostgres();
        try (TestDatabase owner = TestDatabase.postgres(name)) {
            open(owner.dataSource(), SchemaMode.MIGRATE).close();
            JdbcStore opened;
            try {
                opened = open(dataSource(name, "postgres", setting), SchemaMode.VALIDATE);
            } catch (LockstepException e) {
                assertThat(e).hasMessageMatching("(?s).*LOCKSTEP-01(20|27) .*");
                return;
            }
            try (JdbcStore store = opened) {
                assertThatItWorks(store);
            }
        }
    }

    private static void assertThatItWorks(JdbcStore store) {
        store.register("node", "node", Duration.ofSeconds(2));
        for (int i = 0; i < 7; i++) {
            SessionCopy copy = store.open(Samples.session("alice"));
            assertThat(store.rotate(copy.digest(), Samples.digest())).isNotNull();
            assertThat(store.list("alice")).hasSize(1);
            assertThat(store.revoke(List.of(new OfPrincipal("alice")))).hasSize(1);
            assertThat(store.find(copy.digest())).isNull();
            LogPosition start = new LogPosition(copy.epoch(), copy.position());
            assertThat(store.poll("node", start, 10).rows()).hasSizeGreaterThan(1);
            store.acknowledge("node", start);
            store.touch(copy.digest(), Duration.ZERO);
            assertThat(store.deleteExpired(Instant.EPOCH)).isEmpty();
        }
    }

    private static DataSource dataSource(String name, String user, String settings) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setURL("jdbc:postgresql://127.0.0.1:" + TestDatabase.postgresPort() + "/" + name + "?" + settings);
        source.setUser(user);
        return source;
    }

    private static JdbcStore open(DataSource dataSource, SchemaMode mode) {
        return JdbcStore.open(
                dataSource,
                "/shop",
                StoreSettings.DEFAULTS
                        .withSchema(mode)
                        .withTimeout(Duration.ofSeconds(30))
                        .withThreads(StoreSettings.MIN_THREADS),
                Executors.defaultThreadFactory());
    }
}
