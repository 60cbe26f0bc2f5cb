package dev.lockstep.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.SessionCopy;
import dev.lockstep.contract.Concurrently;
import dev.lockstep.contract.Samples;
import dev.lockstep.spi.RevocationTarget.OfPrincipal;
import dev.lockstep.spi.RevocationTarget.OfToken;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/**
 * Those that lock a session's row by different indexes run into each other: none fails for that,
 * and nothing is lost.
 */
class MariaDbContentionTest {

    private static final int WORKERS = 4;
    private static final int ROUNDS = 20;
    private static final int SESSIONS = 5;
    private static final Duration SOON = Duration.ofMillis(20);

    private final ConcurrentLinkedQueue<SessionCopy> live = new ConcurrentLinkedQueue<>();
    private final AtomicInteger working = new AtomicInteger(WORKERS);

    private static final String WAITING = "SELECT COUNT(*) FROM information_schema.INNODB_TRX t"
            + " JOIN information_schema.PROCESSLIST p ON p.id = t.trx_mysql_thread_id"
            + " WHERE t.trx_state = 'LOCK WAIT' AND p.db = DATABASE()";

    private static final String DEADLOCKS =
            "SELECT variable_value FROM information_schema.GLOBAL_STATUS WHERE variable_name = 'INNODB_DEADLOCKS'";

    /** InnoDB undoes the one of the two that has written less. */
    @Test
    void whatIsUndoneForADeadlockIsDoneAgain() throws Exception {
        try (TestDatabase database = TestDatabase.mariaDb();
                JdbcStore store = database.open("/shop");
                Connection other = database.dataSource().getConnection();
                Statement statement = other.createStatement();
                Concurrently concurrently = new Concurrently()) {
            SessionCopy copy = store.open(Samples.session("alice"));
            long before = TestDatabase.number(database.dataSource(), DEADLOCKS);
            statement.execute("CREATE TABLE weight (id INTEGER PRIMARY KEY) ENGINE = InnoDB");
            other.setAutoCommit(false);
            statement.execute("INSERT INTO weight SELECT seq FROM seq_1_to_1000");
            statement.execute("SELECT id FROM lockstep_session FORCE INDEX (PRIMARY) WHERE application = '/shop'"
                    + " AND id = '" + copy.session().id() + "' FOR UPDATE");
            Future<?> revocation = concurrently.start(() -> store.revoke(List.of(new OfToken(copy.digest()))));
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> TestDatabase.number(database.dataSource(), WAITING) == 1);

            statement.execute("SELECT id FROM lockstep_session FORCE INDEX (lockstep_session_digest)"
                    + " WHERE application = '/shop' AND digest = UNHEX('"
                    + copy.digest().toHex() + "') FOR UPDATE");

            assertThat(TestDatabase.number(database.dataSource(), DEADLOCKS)).isEqualTo(before + 1);
            other.rollback();
            revocation.get();
            assertThat(store.find(copy.digest())).isNull();
        }
    }

    @Test
    void touchesSweepsRotationsAndRevocationsOfTheSameSessions() throws Exception {
        try (TestDatabase database = TestDatabase.mariaDb();
                JdbcStore store = database.open("/shop", StoreSettings.DEFAULTS.withThreads(24));
                Concurrently concurrently = new Concurrently()) {
            List<Callable<Integer>> tasks = new ArrayList<>();
            for (int i = 0; i < WORKERS; i++) {
                String principal = "user" + i;
                tasks.add(() -> openRotateAndRevoke(database, principal));
            }
            for (int i = 0; i < 3; i++) {
                tasks.add(() -> touch(store));
            }
            tasks.add(() -> sweep(store));

            assertThat(concurrently.run(tasks)).allMatch(count -> count > 0);
            assertThat(TestDatabase.number(
                            database.dataSource(),
                            "SELECT COUNT(*) FROM lockstep_session WHERE expires_at > last_seen_at + 1000000"))
                    .isZero();
        }
    }

    private int openRotateAndRevoke(TestDatabase database, String principal) {
        int ended = 0;
        try (JdbcStore store = database.open("/shop", StoreSettings.DEFAULTS.withThreads(StoreSettings.MIN_THREADS))) {
            for (int i = 0; i < ROUNDS; i++) {
                List<SessionCopy> copies = new ArrayList<>();
                for (int j = 0; j < SESSIONS; j++) {
                    copies.add(store.open(Samples.session(principal)));
                    store.open(Samples.session(principal, Samples.digest(), SOON, SOON));
                }
                live.addAll(copies);
                assertThat(store.rotate(copies.get(0).digest(), Samples.digest()))
                        .isNotNull();
                store.revoke(List.of(
                        new OfToken(copies.get(1).digest()),
                        new OfToken(copies.get(2).digest())));
                store.revoke(List.of(new OfPrincipal(principal)));
                copies.forEach(copy -> assertThat(store.find(copy.digest())).isNull());
                live.removeAll(copies);
                ended += copies.size();
            }
            return ended;
        } finally {
            working.decrementAndGet();
        }
    }

    private int touch(JdbcStore store) {
        int touched = 0;
        while (working.get() > 0) {
            for (SessionCopy copy : live) {
                store.touch(copy.digest(), Duration.ZERO);
                touched++;
            }
        }
        return touched;
    }

    private int sweep(JdbcStore store) {
        int swept = 1;
        while (working.get() > 0) {
            swept += store.deleteExpired(Instant.now().plusSeconds(60)).size();
        }
        return swept;
    }
}
