package dev.lockstep.cache.database;

import static dev.lockstep.cache.jvm.ChildJvm.LONG_ENOUGH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.lockstep.CacheException;
import dev.lockstep.LockstepException;
import dev.lockstep.SessionCache;
import dev.lockstep.SessionCopy;
import dev.lockstep.cache.jvm.RemoteCache;
import dev.lockstep.contract.HandClock;
import dev.lockstep.contract.MapSettings;
import dev.lockstep.contract.OpenedCaches;
import dev.lockstep.contract.SessionCopies;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteCacheTest {

    private static final String APPLICATION = "/shop";
    private static final Duration LONG = Duration.ofHours(1);
    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    @TempDir
    Path folder;

    private final List<RemoteCache> others = new ArrayList<>();
    private OpenedCaches caches;
    private Path file;

    @BeforeEach
    void start() {
        caches = new OpenedCaches(new DatabaseCacheProvider(), APPLICATION);
        file = folder.resolve("new/cache.db");
    }

    @AfterEach
    void end() throws Exception {
        caches.close();
        others.forEach(RemoteCache::close);
    }

    @Test
    void itsFilesAreThisUsersOnly() throws Exception {
        here().put(SessionCopies.fresh(), LONG);
        try (var files = Files.list(file.getParent())) {
            assertThat(files)
                    .hasSize(3)
                    .allSatisfy(each -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(each)))
                            .isEqualTo("rw-------"));
        }
    }

    @Test
    void aFileThatOthersCanWriteFailsTheDeployment() throws Exception {
        Files.createDirectory(file.getParent());
        Files.createFile(file);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));
        assertThatThrownBy(this::here)
                .isInstanceOf(LockstepException.class)
                .hasMessageStartingWith("LOCKSTEP-0330")
                .hasMessageContaining("can be written by others");
    }

    @Test
    void whatOneJvmPutsAnotherGets() {
        SessionCopy copy = SessionCopies.fresh();
        here().put(copy, LONG);
        RemoteCache other = elsewhere();
        assertThat(other.get(copy.digest())).isEqualTo(copy);
        other.invalidate(copy.digest());
        assertThat(here().get(copy.digest())).isNull();
    }

    /** Every write is followed by a sweep here, which finds out. */
    @Test
    void afterItsFileWasDeletedAllShareTheNewOne() throws Exception {
        SessionCache cache = caches.open(
                Map.of("url", "jdbc:sqlite:" + file),
                caches.context().withTimeout(TIMEOUT).withMaxEntries(10));
        cache.put(SessionCopies.fresh(), LONG);
        for (String suffix : List.of("", "-wal", "-shm")) {
            Files.delete(Path.of(file + suffix));
        }
        RemoteCache other = elsewhere();
        await().ignoreExceptionsInstanceOf(CacheException.class).untilAsserted(() -> {
            SessionCopy copy = SessionCopies.fresh();
            cache.put(copy, LONG);
            assertThat(other.get(copy.digest())).isEqualTo(copy);
        });
    }

    @Test
    void jvmsThatMakeTheFileAtTheSameTimeShareIt() {
        List<RemoteCache> nodes =
                Stream.generate(this::elsewhere).limit(3).parallel().toList();
        SessionCopy copy = SessionCopies.fresh();
        nodes.get(0).put(copy, LONG);
        assertThat(nodes).allSatisfy(node -> assertThat(node.get(copy.digest())).isEqualTo(copy));
    }

    @Test
    void killedWritersHoldUpNobody() {
        SessionCache cache = here();
        for (int i = 0; i < 3; i++) {
            RemoteCache writer = elsewhere();
            writer.jvm().ask("churn");
            putAndGet(cache, 50);
            writer.jvm().kill();
            putAndGet(cache, 50);
        }
    }

    @Test
    void whileAnotherHoldsTheLockReadingGoesOnAndWritingTimesOut() throws Exception {
        SessionCache cache = caches.open(settings(), Duration.ofMillis(50));
        SessionCopy copy = SessionCopies.fresh();
        cache.put(copy, LONG);
        try (Connection other = DriverManager.getConnection(settings().get("url"))) {
            execute(other, "BEGIN IMMEDIATE");
            assertThat(cache.get(copy.digest())).isEqualTo(copy);
            assertThatThrownBy(() -> cache.put(SessionCopies.fresh(), LONG))
                    .isInstanceOf(CacheException.class)
                    .hasMessageStartingWith("LOCKSTEP-0332");
            execute(other, "ROLLBACK");
        }
        putAndGet(cache, 1);
    }

    @Test
    void aDroppedTableIsMadeAgain() throws Exception {
        SessionCache cache = here();
        try (Connection other = DriverManager.getConnection(settings().get("url"))) {
            execute(other, "DROP TABLE lockstep_cache_1");
        }
        await().atMost(LONG_ENOUGH).ignoreExceptions().untilAsserted(() -> putAndGet(cache, 1));
    }

    @Test
    void aFolderThatCannotBeMadeIsNoReasonToFail() throws Exception {
        Path inTheWay = Files.createFile(file.getParent());
        file = inTheWay.resolve("folder/cache.db");
        SessionCache cache = here();
        assertThatThrownBy(() -> cache.get(SessionCopies.fresh().digest())).isInstanceOf(CacheException.class);
        Files.delete(inTheWay);
        await().atMost(LONG_ENOUGH).ignoreExceptions().untilAsserted(() -> putAndGet(cache, 1));
    }

    @Test
    void theOldestGoWhenThereAreTooMany() {
        SessionCache cache = caches.open(settings(), caches.context().withMaxEntries(100));
        SessionCopy first = SessionCopies.fresh();
        cache.put(first, LONG.minusMinutes(1));
        putAndGet(cache, 500);
        await().atMost(LONG_ENOUGH).untilAsserted(() -> assertThat(count()).isBetween(1L, 110L));
        assertThat(cache.get(first.digest())).isNull();
    }

    @Test
    void whatHasExpiredIsSwept() throws Exception {
        HandClock clock = new HandClock();
        CacheTable table = new CacheTable(
                new ConnectionPool(
                        new Connector(
                                DatabaseProduct.SQLITE, DatabaseSettings.read(new MapSettings(settings())), clock),
                        caches.context().scheduler(),
                        TIMEOUT,
                        1),
                "/shop");
        for (int i = 0; i < CacheTable.BATCH + 50; i++) {
            table.put(SessionCopies.fresh().digest(), new byte[] {1}, Duration.ofMinutes(1));
        }
        table.put(SessionCopies.fresh().digest(), new byte[] {1}, LONG);
        clock.advance(Duration.ofMinutes(2));
        table.sweep(1_000_000);
        assertThat(count()).isEqualTo(1);
    }

    private SessionCache here() {
        return caches.open(settings(), TIMEOUT);
    }

    private RemoteCache elsewhere() {
        RemoteCache other = RemoteCache.start("database", APPLICATION, settings());
        synchronized (others) {
            others.add(other);
        }
        return other;
    }

    private Map<String, String> settings() {
        return Map.of("url", "jdbc:sqlite:" + file);
    }

    private long count() throws SQLException {
        try (Connection connection = DriverManager.getConnection(settings().get("url"));
                var statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT count(*) FROM lockstep_cache_1")) {
            return rows.getLong(1);
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static void putAndGet(SessionCache cache, int count) {
        for (int i = 0; i < count; i++) {
            SessionCopy copy = SessionCopies.fresh();
            cache.put(copy, LONG);
            assertThat(cache.get(copy.digest())).isEqualTo(copy);
        }
    }
}
