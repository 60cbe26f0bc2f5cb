package dev.lockstep.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lockstep.SessionCopy;
import dev.lockstep.contract.Samples;
import dev.lockstep.spi.RevocationTarget.OfPrincipal;
import dev.lockstep.spi.RevocationTarget.OfToken;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the server reads for a call does not grow with what the tables hold, however it planned the
 * call before.
 */
class PostgresPlansTest {

    /**
     * By then the driver lets the server keep the statements prepared, and the server may keep
     * their plans.
     */
    private static final int WARM = 20;

    private static final int SESSIONS = 20_000;
    private static final int FEW = 200;

    @Test
    void aFindReadsOneSessionThoughItsPlanWasMadeForEmptyTables() throws Exception {
        try (TestDatabase database = TestDatabase.postgres();
                JdbcStore store = open(database)) {
            for (int i = 0; i < WARM; i++) {
                store.find(Samples.digest());
            }
            TestDatabase.execute(database.dataSource(), manySessions());
            SessionCopy alice = store.open(Samples.session("alice"));
            Reads before = reads(database, 0);

            assertThat(store.find(alice.digest())).isNotNull();
            store.revoke(List.of(new OfToken(alice.digest())));

            Reads after = reads(database, before.deleted + 1);
            assertThat(after.read - before.read).isBetween(2L, (long) FEW);
        }
    }

    @Test
    void aRevocationReadsWhatItEndsThoughItsPlanWasMadeForEmptyTables() throws Exception {
        try (TestDatabase database = TestDatabase.postgres();
                JdbcStore store = open(database)) {
            for (int i = 0; i < WARM; i++) {
                store.revoke(List.of(new OfToken(Samples.digest())));
                store.revoke(List.of(new OfPrincipal("nobody")));
            }
            TestDatabase.execute(database.dataSource(), manySessions());
            SessionCopy alice = store.open(Samples.session("alice"));
            SessionCopy bob = store.open(Samples.session("bob"));
            Reads before = reads(database, 0);

            store.revoke(List.of(new OfToken(alice.digest())));
            store.revoke(List.of(new OfPrincipal(bob.session().principal())));

            Reads after = reads(database, before.deleted + 2);
            assertThat(after.read - before.read).isBetween(2L, (long) FEW);
        }
    }

    /** Whether the plan was made for empty tables, or with statistics of what is in them. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aPageReadsWhatItHasAndOfWhatCameBeforeNothing(boolean analyzed) throws Exception {
        int page = 100;
        try (TestDatabase database = TestDatabase.postgres();
                JdbcStore store = open(database)) {
            for (int i = 0; i < WARM; i++) {
                store.page(null, null, page);
                store.page("alice", null, page);
                store.byId("id1");
            }
            TestDatabase.execute(database.dataSource(), sessions(5 * SESSIONS, "'user' || i % 10"));
            if (analyzed) {
                TestDatabase.execute(database.dataSource(), "ANALYZE lockstep_session");
            }
            store.open(Samples.session("alice"));
            Reads before = reads(database, 0);

            assertThat(store.page(null, "id5", page).sessions()).hasSize(page);
            assertThat(store.page("user3", "id5", page).sessions()).hasSize(page);
            assertThat(store.page("user3", null, page).sessions()).hasSize(page);
            assertThat(store.byId("id77")).isNotNull();
            store.revoke(List.of(new OfPrincipal("alice")));

            Reads after = reads(database, before.deleted + 1);
            assertThat(after.read - before.read).isBetween(3L * page, 3L * page + FEW);
        }
    }

    /**
     * All that the log holds of a principal may be much, and others wait for the clock row
     * meanwhile.
     */
    @Test
    void aLogoutOfAPrincipalReadsNothingThatTheLogHoldsOfIt() throws Exception {
        try (TestDatabase database = TestDatabase.postgres();
                JdbcStore store = open(database)) {
            TestDatabase.execute(
                    database.dataSource(),
                    "INSERT INTO lockstep_revocation SELECT '/shop', i, sha256(('digest' || i)::bytea), 'id' || i, 'alice',"
                            + " 'REVOKED', 0 FROM generate_series(1, " + SESSIONS + ") i");
            TestDatabase.execute(database.dataSource(), "UPDATE lockstep_log_clock SET position = " + SESSIONS);
            store.open(Samples.session("alice"));
            long before = readsOfTheLog(database);

            store.revoke(List.of(new OfPrincipal("alice")));

            await().atMost(Duration.ofMinutes(1))
                    .until(() -> TestDatabase.number(
                                    database.dataSource(),
                                    "SELECT n_tup_ins FROM pg_stat_user_tables WHERE relname = 'lockstep_revocation'")
                            == SESSIONS + 2);
            assertThat(readsOfTheLog(database) - before).isLessThan(FEW);
        }
    }

    private static long readsOfTheLog(TestDatabase database) {
        return TestDatabase.number(
                database.dataSource(),
                "SELECT seq_tup_read + idx_tup_fetch FROM pg_stat_user_tables WHERE relname = 'lockstep_revocation'");
    }

    /** Its tables are not analyzed while the test runs. */
    private static JdbcStore open(TestDatabase database) {
        JdbcStore store = JdbcStore.open(
                database.dataSource(), "/shop", StoreSettings.DEFAULTS, Executors.defaultThreadFactory());
        TestDatabase.execute(database.dataSource(), "ALTER TABLE lockstep_session SET (autovacuum_enabled = false)");
        return store;
    }

    private static String manySessions() {
        return sessions(SESSIONS, "'user' || i");
    }

    private static String sessions(int number, String principal) {
        return "INSERT INTO lockstep_session SELECT '/shop', 'id' || i, sha256(('digest' || i)::bytea), " + principal
                + ", '[]', NULL, 0, 0, 9999999999999, 3600000, 9999999999999 FROM generate_series(1, " + number
                + ") i";
    }

    private record Reads(long read, long deleted) {}

    /**
     * What the server has counted for the sessions' table, once it has counted so many of them
     * deleted.
     */
    private static Reads reads(TestDatabase database, long deleted) {
        return await().atMost(Duration.ofMinutes(1)).until(() -> counted(database), it -> it.deleted >= deleted);
    }

    private static Reads counted(TestDatabase database) throws SQLException {
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT seq_tup_read + idx_tup_fetch, n_tup_del"
                        + " FROM pg_stat_user_tables WHERE relname = 'lockstep_session'")) {
            row.next();
            return new Reads(row.getLong(1), row.getLong(2));
        }
    }
}
