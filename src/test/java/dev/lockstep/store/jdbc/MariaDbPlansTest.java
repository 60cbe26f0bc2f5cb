package dev.lockstep.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.SessionCopy;
import dev.lockstep.contract.Samples;
import dev.lockstep.spi.LogPosition;
import dev.lockstep.spi.RevocationTarget.OfId;
import dev.lockstep.spi.RevocationTarget.OfPrincipal;
import dev.lockstep.spi.RevocationTarget.OfToken;
import dev.lockstep.spi.RevocationTarget.OthersOf;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/**
 * What the server reads for a call does not grow with what the tables hold, whatever its statistics
 * say of them.
 */
class MariaDbPlansTest {

    private static final int ROWS = 20_000;
    private static final int FEW = 300;

    /** Whose sessions are half of the application's. */
    private static final String MANY = "a service";

    private static final String READS = "SHOW SESSION STATUS WHERE Variable_name IN"
            + " ('Handler_read_first', 'Handler_read_key', 'Handler_read_next', 'Handler_read_prev', 'Handler_read_rnd_next')";

    @Test
    void everyCallReadsLittle() throws Exception {
        String name = TestDatabase.createMariaDb();
        try (TestDatabase database = TestDatabase.mariaDb(name);
                Connection connection = DriverManager.getConnection(TestDatabase.mariaDbUrl(name))) {
            database.open("/shop").close();
            fillWithStatisticsOfEmptyTables(database);
            try (JdbcStore store = JdbcStore.open(
                    new OneConnection(connection).dataSource(),
                    "/shop",
                    StoreSettings.DEFAULTS,
                    Executors.defaultThreadFactory())) {
                useAll(store, connection);
            }
        }
    }

    private static void useAll(JdbcStore store, Connection connection) throws Exception {
        SessionCopy alice = store.open(Samples.session("alice"));
        SessionCopy bob = store.open(Samples.session("bob"));
        store.open(Samples.session("carol"));
        LogPosition head = store.nodes().head();
        assertReadsLittle(connection, "find", () -> store.find(alice.digest()));
        assertReadsLittle(connection, "find nothing", () -> store.find(Samples.digest()));
        assertReadsLittle(connection, "list", () -> store.list("alice"));
        assertReadsLittle(
                connection, "find by id", () -> store.byId(alice.session().id()));
        assertReadsLittle(connection, "page", () -> store.page(null, "id5", 50));
        assertReadsLittle(connection, "page of a principal", () -> store.page(MANY, "manyid5", 50));
        assertReadsLittle(connection, "count of a principal", () -> store.count("alice"));
        assertReadsLittle(connection, "touch", () -> store.touch(alice.digest(), Duration.ZERO));
        assertReadsLittle(connection, "rotate", () -> store.rotate(alice.digest(), Samples.digest()));
        assertReadsLittle(connection, "poll", () -> store.poll("n1", head, 10));
        assertReadsLittle(connection, "revoke an old token", () -> store.revoke(List.of(new OfToken(alice.digest()))));
        assertReadsLittle(
                connection,
                "revoke an id",
                () -> store.revoke(List.of(new OfId(bob.session().id()))));
        assertReadsLittle(
                connection,
                "revoke principals",
                () -> store.revoke(List.of(new OfPrincipal("carol"), new OthersOf("dave", "none"))));
        assertReadsLittle(connection, "announce", () -> store.announce(List.of(new OfToken(Samples.digest()))));
        assertReadsLittle(connection, "register", () -> store.register("n1", "node", Duration.ofSeconds(2)));
        assertReadsLittle(connection, "sweep", () -> store.deleteExpired(Instant.now()));
    }

    /** So many of each: sessions of other applications and of this one, and rows of the log. */
    private static void fillWithStatisticsOfEmptyTables(TestDatabase database) {
        for (String table : List.of("lockstep_session", "lockstep_revocation")) {
            TestDatabase.query(database.dataSource(), "ANALYZE TABLE " + table);
            TestDatabase.execute(database.dataSource(), "ALTER TABLE " + table + " STATS_AUTO_RECALC = 0");
        }
        for (String application : List.of("/shop", "/blog")) {
            TestDatabase.execute(
                    database.dataSource(),
                    "INSERT INTO lockstep_session SELECT '" + application + "', CONCAT('id', seq),"
                            + " UNHEX(SHA2(CONCAT('digest', seq), 256)), CONCAT('user', seq), NULL, NULL, 0, 0,"
                            + " 9999999999999, 3600000, 9999999999999 FROM seq_1_to_" + ROWS);
            TestDatabase.execute(
                    database.dataSource(),
                    "INSERT INTO lockstep_revocation SELECT '" + application + "', seq,"
                            + " UNHEX(SHA2(CONCAT('old', seq), 256)), CONCAT('old', seq), 'alice', 'REVOKED', 0"
                            + " FROM seq_1_to_" + ROWS);
        }
        TestDatabase.execute(
                database.dataSource(),
                "INSERT INTO lockstep_session SELECT application, CONCAT('many', id), UNHEX(SHA2(CONCAT('many', id), 256)),"
                        + " '" + MANY + "', NULL, NULL, 0, 0, 9999999999999, 3600000, 9999999999999"
                        + " FROM lockstep_session WHERE application = '/shop'");
        TestDatabase.execute(database.dataSource(), "UPDATE lockstep_log_clock SET position = " + ROWS);
    }

    private static void assertReadsLittle(Connection connection, String what, Runnable call) throws Exception {
        long before = reads(connection);
        call.run();
        assertThat(reads(connection) - before).as(what).isBetween(1L, (long) FEW);
    }

    private static long reads(Connection connection) throws Exception {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(READS)) {
            long sum = 0;
            while (rows.next()) {
                sum += rows.getLong(2);
            }
            return sum;
        }
    }
}
