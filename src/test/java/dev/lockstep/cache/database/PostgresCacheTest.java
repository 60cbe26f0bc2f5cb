package dev.lockstep.cache.database;

import static dev.lockstep.cache.jvm.ChildJvm.LONG_ENOUGH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.lockstep.CacheException;
import dev.lockstep.SessionCache;
import dev.lockstep.SessionCopy;
import dev.lockstep.contract.OpenedCaches;
import dev.lockstep.contract.SessionCopies;
import dev.lockstep.docs.Block;
import dev.lockstep.pool.PoolWithoutValidation;
import dev.lockstep.pool.PoolWithoutValidation.Word;
import dev.lockstep.process.PostgresServer;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.sql.DataSource;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.postgresql.ds.PGSimpleDataSource;

class PostgresCacheTest {

    private static final Duration LONG = Duration.ofHours(1);
    private static final Duration TIMEOUT = Duration.ofSeconds(2);
    private static final String JNDI = "java:/cache";
    private static final int POOLED = 8;

    @TempDir
    static Path data;

    @AutoClose
    private static PostgresServer postgres;

    @AutoClose
    private OpenedCaches caches;

    @BeforeAll
    static void startTheServer() throws Exception {
        postgres = PostgresServer.start(data, Map.of());
    }

    @BeforeEach
    void start() throws SQLException {
        caches = new OpenedCaches(new DatabaseCacheProvider(), "/shop");
        execute("DROP TABLE IF EXISTS lockstep_cache_1; DROP FUNCTION IF EXISTS suicide()");
    }

    @Test
    void theTableIsUnlogged() throws SQLException {
        here();
        assertThat(query("SELECT relpersistence FROM pg_class WHERE relname = 'lockstep_cache_1'"))
                .isEqualTo("u");
    }

    @Test
    void nodesThatMakeTheTableAtTheSameTimeShareIt() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            Callable<SessionCache> opening = this::here;
            for (var cache : threads.invokeAll(Collections.nCopies(4, opening))) {
                putAndGet(cache.get());
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void aServerThatComesBackIsUsedAgain() throws IOException {
        SessionCache cache = here();
        putAndGet(cache);
        postgres.shutDown();
        assertThatThrownBy(() -> cache.get(SessionCopies.fresh().digest()))
                .isInstanceOf(CacheException.class)
                .hasMessageStartingWith("LOCKSTEP-0332");
        SessionCache later = here();
        assertThatThrownBy(() -> later.put(SessionCopies.fresh(), LONG)).isInstanceOf(CacheException.class);
        startAgain();
        await().atMost(LONG_ENOUGH).ignoreExceptions().untilAsserted(() -> putAndGet(cache));
        await().atMost(LONG_ENOUGH).ignoreExceptions().untilAsserted(() -> putAndGet(later));
    }

    @ParameterizedTest
    @EnumSource
    void aRestartIsNotNoticedBehindAContainersPoolThatDoesNotValidate(Word word) throws Exception {
        PoolWithoutValidation pool = new PoolWithoutValidation(asPostgres(), word);
        SessionCache cache = here(pool);
        putAndGet(cache);
        pool.fill(POOLED);
        postgres.shutDown();
        startAgain();

        putAndGet(cache);

        assertThat(pool.idle()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void aPoolIsRidOfTheConnectionThatDiesOfAStatement(Word word) throws SQLException {
        PoolWithoutValidation pool = new PoolWithoutValidation(asPostgres(), word);
        SessionCache cache = here(pool);
        putAndGet(cache);
        execute("CREATE FUNCTION suicide() RETURNS trigger LANGUAGE plpgsql AS"
                + " 'BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NULL; END'");
        execute(
                "CREATE TRIGGER suicide BEFORE DELETE ON lockstep_cache_1 FOR EACH STATEMENT EXECUTE FUNCTION suicide()");

        assertThatThrownBy(() -> cache.invalidate(SessionCopies.fresh().digest()))
                .isInstanceOf(CacheException.class)
                .hasMessageStartingWith("LOCKSTEP-0332");

        assertThat(pool.idle()).isZero();
        execute("DROP TRIGGER suicide ON lockstep_cache_1; DROP FUNCTION suicide()");
        putAndGet(cache);
    }

    @ParameterizedTest
    @EnumSource
    void aServerThatIsAwayLeavesNoDeadConnectionInThePool(Word word) throws Exception {
        PoolWithoutValidation pool = new PoolWithoutValidation(asPostgres(), word);
        SessionCache cache = here(pool);
        pool.fill(POOLED);
        postgres.shutDown();
        try {
            assertThatThrownBy(() -> cache.get(SessionCopies.fresh().digest()))
                    .isInstanceOf(CacheException.class)
                    .hasMessageStartingWith("LOCKSTEP-0332");
            assertThat(pool.idle()).isZero();
        } finally {
            startAgain();
        }
        putAndGet(cache);
    }

    @Test
    void aLockedRowTimesOutAndTheConnectionGoesOn() throws SQLException {
        SessionCache cache = here();
        SessionCopy copy = SessionCopies.fresh();
        cache.put(copy, LONG);
        String before = connectionsThatPut();
        try (Connection other = postgres.dataSource().getConnection();
                var statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("SELECT * FROM lockstep_cache_1 FOR UPDATE");
            assertThatThrownBy(() -> cache.put(copy, LONG))
                    .isInstanceOf(CacheException.class)
                    .hasMessageContaining("statement timeout");
            assertThat(cache.get(copy.digest())).isEqualTo(copy);
            other.rollback();
        }
        cache.put(copy, LONG);
        assertThat(connectionsThatPut()).isEqualTo(before);
    }

    @Test
    void whatHasExpiredIsSweptAndTheOldestGo() throws SQLException {
        SessionCache cache = caches.open(settings(), caches.context().withMaxEntries(50));
        cache.put(SessionCopies.fresh(), Duration.ofMillis(1));
        for (int i = 0; i < 300; i++) {
            putAndGet(cache);
        }
        await().atMost(LONG_ENOUGH)
                .untilAsserted(() -> assertThat(Integer.parseInt(query("SELECT count(*) FROM lockstep_cache_1")))
                        .isBetween(1, 55));
        assertThat(query("SELECT count(*) FROM lockstep_cache_1 WHERE expires < now()"))
                .isEqualTo("0");
    }

    @Test
    void aContainersDataSourceIsUsedAndGivenBackAsItWas() throws SQLException {
        try (HikariDataSource pool = pool(true)) {
            SessionCache cache =
                    caches.open(Map.of("datasource", JNDI), caches.context().withJndi(JNDI, pool));
            putAndGet(cache);
            cache.invalidate(SessionCopies.fresh().digest());
            cache.clear();
            assertThat(pool.getHikariPoolMXBean().getActiveConnections()).isZero();
            try (Connection connection = pool.getConnection();
                    var statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery("SHOW statement_timeout")) {
                rows.next();
                assertThat(rows.getString(1)).isEqualTo("0");
                assertThat(connection.getNetworkTimeout()).isZero();
            }
        }
    }

    @Test
    void aDataSourceInTheCallersTransactionIsNotTouched() {
        try (HikariDataSource pool = pool(false)) {
            SessionCache cache =
                    caches.open(Map.of("datasource", JNDI), caches.context().withJndi(JNDI, pool));
            assertThatThrownBy(() -> cache.put(SessionCopies.fresh(), LONG))
                    .isInstanceOf(CacheException.class)
                    .hasMessageContaining("take part in the caller's transaction");
            assertThat(pool.getHikariPoolMXBean().getActiveConnections()).isZero();
        }
    }

    @Test
    void aDataSourceThatIsNotBoundIsNoReasonToFail() {
        SessionCache cache = caches.open(Map.of("datasource", JNDI), TIMEOUT);
        assertThatThrownBy(() -> cache.get(SessionCopies.fresh().digest()))
                .isInstanceOf(CacheException.class)
                .hasMessageContaining("no DataSource is bound at " + JNDI);
    }

    @Test
    void theTableThatTheHowToPrintsServesARoleThatMayMakeNone() throws SQLException {
        execute(Block.printed("docs/howto/database-cache.md", "sql", 1).text());
        execute("CREATE ROLE shop_cache LOGIN");
        execute("GRANT SELECT, INSERT, UPDATE, DELETE ON lockstep_cache_1 TO shop_cache");
        putAndGet(caches.open(Map.of("url", postgres.url("postgres"), "user", "shop_cache"), TIMEOUT));
    }

    private static String connectionsThatPut() throws SQLException {
        return query("SELECT string_agg(pid::text, ' ' ORDER BY pid) FROM pg_stat_activity"
                + " WHERE application_name = 'lockstep-cache' AND query LIKE 'INSERT%'");
    }

    private SessionCache here() {
        return caches.open(settings(), TIMEOUT);
    }

    private SessionCache here(PoolWithoutValidation pool) {
        return caches.open(
                Map.of("datasource", JNDI),
                caches.context().withTimeout(TIMEOUT).withJndi(JNDI, pool.dataSource()));
    }

    private static DataSource asPostgres() {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(postgres.url("postgres"));
        source.setUser("postgres");
        return source;
    }

    private static Map<String, String> settings() {
        return Map.of("url", postgres.url("postgres"), "user", "postgres");
    }

    private static HikariDataSource pool(boolean autoCommit) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(postgres.url("postgres"));
        config.setUsername("postgres");
        config.setMaximumPoolSize(1);
        config.setAutoCommit(autoCommit);
        return new HikariDataSource(config);
    }

    private static void startAgain() throws IOException {
        postgres.start();
        postgres.awaitListening();
    }

    private static void execute(String sql) throws SQLException {
        try (Connection connection = postgres.dataSource().getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String query(String sql) throws SQLException {
        try (Connection connection = postgres.dataSource().getConnection();
                var statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }

    private static void putAndGet(SessionCache cache) {
        SessionCopy copy = SessionCopies.fresh();
        cache.put(copy, LONG);
        assertThat(cache.get(copy.digest())).isEqualTo(copy);
    }
}
