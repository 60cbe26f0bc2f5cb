package dev.lockstep.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.lockstep.StoreUnavailableException;
import dev.lockstep.contract.CapturedLog;
import dev.lockstep.contract.Concurrently;
import dev.lockstep.contract.Samples;
import dev.lockstep.spi.NewSession;
import dev.lockstep.spi.NodeListener;
import dev.lockstep.store.jdbc.schema.SchemaMode;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/** What people are told when the database does not do as it should: where, why, and what to do. */
class FailuresTest {

    private final String name = TestDatabase.createPostgres();

    @AutoClose
    private final TestDatabase database = TestDatabase.postgres(name);

    @Test
    void aWrongPassword() {
        String url = "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1";
        TestDatabase.execute(h2(url, "right"), "SELECT 1");

        assertThatThrownBy(() -> open(h2(url, "wrong"), SchemaMode.MIGRATE))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageStartingWith("LOCKSTEP-0118 ")
                .hasMessageContaining("lockstep.store.datasource")
                .hasMessageContaining("28000")
                .hasMessageNotContaining("wrong\"");
    }

    @Test
    void aWrongPasswordBehindAPoolOfOurs() {
        try (StoreDataSource pool = StoreDataSource.pooled(url() + "?user=nobody&password=xyzzy", null, null, 4)) {
            assertThatThrownBy(() -> JdbcStore.open(
                            pool,
                            "/shop",
                            settings(SchemaMode.MIGRATE),
                            Executors.defaultThreadFactory(),
                            NodeListener.NONE))
                    .hasMessageStartingWith("LOCKSTEP-0118 ")
                    .hasMessageContaining("lockstep.store.url jdbc:postgresql://")
                    .hasMessageNotContaining("xyzzy");
        }
    }

    @Test
    void aDatabaseThatIsDown() {
        PGSimpleDataSource nobody = new PGSimpleDataSource();
        nobody.setServerNames(new String[] {"127.0.0.1"});
        nobody.setPortNumbers(new int[] {1});

        assertThatThrownBy(() -> open(nobody, SchemaMode.MIGRATE))
                .hasMessageStartingWith("LOCKSTEP-0122 ")
                .hasMessageContaining("127.0.0.1:1");
    }

    @Test
    void aUserWhoMayOnlyRead() {
        open(database.dataSource(), SchemaMode.MIGRATE).close();
        String reader = "reader_" + name;
        execute("CREATE ROLE " + reader + " LOGIN");
        execute("GRANT SELECT ON ALL TABLES IN SCHEMA public TO " + reader);

        assertThatThrownBy(() -> open(as(reader), SchemaMode.VALIDATE))
                .hasMessageStartingWith("LOCKSTEP-0119 ")
                .hasMessageContaining("SELECT, INSERT, UPDATE and DELETE")
                .hasStackTraceContaining("permission denied for table");
    }

    @Test
    void aUserWhoMayNotMakeTables() {
        String guest = "guest_" + name;
        execute("CREATE ROLE " + guest + " LOGIN");

        assertThatThrownBy(() -> open(as(guest), SchemaMode.MIGRATE))
                .hasMessageStartingWith("LOCKSTEP-0113 ")
                .hasMessageContaining("V1__sessions.sql")
                .hasStackTraceContaining("permission denied for schema");
    }

    @Test
    void aConnectionThatOnlyReads() {
        open(database.dataSource(), SchemaMode.MIGRATE).close();
        execute("ALTER DATABASE " + name + " SET default_transaction_read_only = on");

        try (TestDatabase readOnly = TestDatabase.postgres(name)) {
            assertThatThrownBy(() -> open(readOnly.dataSource(), SchemaMode.VALIDATE))
                    .hasMessageStartingWith("LOCKSTEP-0120 ")
                    .hasMessageContaining("default_transaction_read_only");
        }
    }

    @Test
    void missingTablesThatNobodyLookedFor() {
        assertThatThrownBy(() -> open(database.dataSource(), SchemaMode.NONE))
                .hasMessageStartingWith("LOCKSTEP-0121 ")
                .hasMessageContaining("lockstep.store.schema=migrate");
    }

    @Test
    void aPoolThatIsExhausted() throws Exception {
        try (HikariDataSource pool = poolOfOne();
                Connection taken = pool.getConnection()) {
            assertThat(taken.isValid(1)).isTrue();
            assertThatThrownBy(() -> open(pool, SchemaMode.MIGRATE))
                    .hasMessageStartingWith("LOCKSTEP-0123 ")
                    .hasMessageContaining("lockstep.store.threads")
                    .hasMessageContaining("total=1");
        }
    }

    @Test
    void aPoolOfOneIsEnoughToOpen() {
        try (HikariDataSource pool = poolOfOne();
                JdbcStore store = open(pool, SchemaMode.MIGRATE)) {
            assertThat(store.open(Samples.session("alice"))).isNotNull();
        }
    }

    @Test
    void aStartThatWaitsSaysForWhat() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        try (CapturedLog log = new CapturedLog("dev.lockstep");
                Concurrently concurrently = new Concurrently()) {
            Future<JdbcStore> opened = concurrently.start(() -> open(behind(gate), SchemaMode.MIGRATE));

            Awaitility.await().until(() -> log.messages().stream().anyMatch(it -> it.startsWith("LOCKSTEP-0124 ")));
            assertThat(log.messages()).anyMatch(it -> it.contains("a connection of the pool"));
            gate.countDown();
            opened.get().close();
        }
    }

    @Test
    void aTextThatTheDatabaseHasNoCharactersFor() {
        String latin = "latin_" + name;
        execute("CREATE DATABASE " + latin + " ENCODING 'LATIN1' LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0");
        try (TestDatabase narrow = TestDatabase.postgres(latin);
                JdbcStore store = open(narrow.dataSource(), SchemaMode.MIGRATE)) {
            NewSession session = Samples.session("\u65e5\u672c");

            assertThatThrownBy(() -> store.open(session))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("LOCKSTEP-0126 ");
        }
    }

    private DataSource behind(CountDownLatch gate) {
        return (DataSource) Proxy.newProxyInstance(
                FailuresTest.class.getClassLoader(), new Class<?>[] {DataSource.class}, (self, method, arguments) -> {
                    gate.await();
                    return method.invoke(database.dataSource(), arguments);
                });
    }

    private HikariDataSource poolOfOne() {
        HikariConfig config = new HikariConfig();
        config.setDataSource(database.dataSource());
        config.setMaximumPoolSize(1);
        config.setConnectionTimeout(500);
        return new HikariDataSource(config);
    }

    private String url() {
        return "jdbc:postgresql://127.0.0.1:" + TestDatabase.postgresPort() + "/" + name;
    }

    private DataSource as(String user) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setURL(url());
        source.setUser(user);
        return source;
    }

    private static DataSource h2(String url, String password) {
        JdbcDataSource source = new JdbcDataSource();
        source.setURL(url);
        source.setUser("sa");
        source.setPassword(password);
        return source;
    }

    private void execute(String sql) {
        TestDatabase.execute(database.dataSource(), sql);
    }

    private static JdbcStore open(DataSource dataSource, SchemaMode mode) {
        return JdbcStore.open(dataSource, "/shop", settings(mode), Executors.defaultThreadFactory());
    }

    private static StoreSettings settings(SchemaMode mode) {
        return StoreSettings.DEFAULTS
                .withSchema(mode)
                .withTimeout(Duration.ofSeconds(30))
                .withThreads(StoreSettings.MIN_THREADS);
    }
}
