package dev.lockstep.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.SessionCopy;
import dev.lockstep.StoreUnavailableException;
import dev.lockstep.contract.Concurrently;
import dev.lockstep.contract.Samples;
import dev.lockstep.spi.RevocationTarget.OfPrincipal;
import dev.lockstep.spi.RevocationTarget.OfToken;
import dev.lockstep.spi.Revoked;
import dev.lockstep.store.jdbc.mariadb.MariaDbDialect;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Future;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class MariaDbIsolationTest extends IsolationContract {

    private static final String WAITING = "SELECT COUNT(*) FROM information_schema.INNODB_TRX t"
            + " JOIN information_schema.PROCESSLIST p ON p.id = t.trx_mysql_thread_id"
            + " WHERE t.trx_state = 'LOCK WAIT' AND p.db = DATABASE()";

    private static final String AT_THE_GATE = "SELECT COUNT(*) FROM information_schema.PROCESSLIST p"
            + " WHERE p.db = DATABASE() AND p.state = 'User lock'";

    @Override
    TestDatabase empty() {
        return TestDatabase.mariaDb();
    }

    /**
     * A thread that waits on for a lock, for a client that has long gone, is a connection lost to
     * everybody.
     */
    @Test
    void aRevocationThatWasGivenUpWaitsNoLongerInTheServerEither() throws Exception {
        try (Connection other = lockingTheClock()) {
            assertThatThrownBy(() -> store().revoke(List.of(new OfPrincipal("alice"))))
                    .isInstanceOf(StoreUnavailableException.class);

            Awaitility.await()
                    .atMost(Duration.ofSeconds(10))
                    .until(() -> TestDatabase.number(database().dataSource(), WAITING) == 0);
            assertThat(store().busy()).isZero();
            other.rollback();
        }
    }

    /** Not by the time at which it began to wait: others have been dated since. */
    @Test
    void aRevocationIsDatedWhenItHasTheClockRow() throws Exception {
        try (JdbcStore patient = database().open("/shop");
                Connection other = lockingTheClock();
                Concurrently concurrently = new Concurrently()) {
            SessionCopy copy = patient.open(Samples.session("alice"));
            Future<List<Revoked>> logout =
                    concurrently.start(() -> patient.revoke(List.of(new OfToken(copy.digest()))));
            await(WAITING);
            long now = TestDatabase.number(database().dataSource(), "SELECT " + new MariaDbDialect().now());
            other.rollback();

            assertThat(logout.get().get(0).revocations())
                    .singleElement()
                    .satisfies(row -> assertThat(row.revokedAt().toEpochMilli()).isGreaterThanOrEqualTo(now));
        }
    }

    /**
     * No gap is locked between the rows of a principal's sessions: whoever logs in waits for no
     * logout.
     */
    @Test
    void aLoginWaitsForNoLogoutOfTheSamePrincipal() throws Exception {
        TestDatabase.execute(
                database().dataSource(),
                "CREATE TRIGGER gate BEFORE DELETE ON lockstep_session FOR EACH ROW SET @passed = GET_LOCK('gate', 60)");
        try (JdbcStore patient = database().open("/shop");
                Connection gate = database().dataSource().getConnection();
                Statement keeper = gate.createStatement();
                Concurrently concurrently = new Concurrently()) {
            SessionCopy before = patient.open(Samples.session("alice"));
            keeper.execute("SELECT GET_LOCK('gate', 0)");
            Future<?> logout = concurrently.start(() -> patient.revoke(List.of(new OfPrincipal("alice"))));
            await(AT_THE_GATE);

            SessionCopy meanwhile = patient.open(Samples.session("alice"));

            keeper.execute("DO RELEASE_LOCK('gate')");
            logout.get();
            assertThat(patient.find(before.digest())).isNull();
            assertThat(patient.find(meanwhile.digest())).isNotNull();
        }
    }

    /** Waits until there is one thread of the server of which a query tells. */
    private void await(String query) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> TestDatabase.number(database().dataSource(), query) == 1);
    }

    @Override
    String otherEpoch() {
        return "DELETE FROM lockstep_server_start";
    }
}
