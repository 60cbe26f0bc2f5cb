package dev.lockstep.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.LockstepException;
import dev.lockstep.LogPosition;
import dev.lockstep.Revocation;
import dev.lockstep.RevocationTarget.OfToken;
import dev.lockstep.SessionCopy;
import dev.lockstep.StoreUnavailableException;
import dev.lockstep.TokenDigest;
import dev.lockstep.contract.CapturedLog;
import dev.lockstep.contract.Samples;
import dev.lockstep.spi.NodeClock;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.function.Function;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Crashes, standbys and failovers, on servers of its own. */
class PostgresDatabaseTest {

    /** Nothing reaches the disk but what waits for it. */
    private static final Map<String, String> LAZY =
            Map.of("fsync", "on", "synchronous_commit", "off", "wal_writer_delay", "10000ms");

    @TempDir
    Path directory;

    @Test
    void aCrashedServerLosesNoRevocationThatHasReturned() throws Exception {
        Path data = directory.resolve("data");
        List<TokenDigest> returned = new ArrayList<>();
        try (PostgresServer server = PostgresServer.start(data, LAZY);
                JdbcStore store = open(server.dataSource(), SchemaMode.MIGRATE)) {
            for (int i = 0; i < 20; i++) {
                SessionCopy copy = store.open(Samples.session("alice"));
                TokenDigest next = Samples.digest();
                store.rotate(copy.digest(), next);
                returned.add(copy.digest());
                store.revoke(List.of(new OfToken(next)));
                returned.add(next);
            }
            server.crash();
        }

        try (PostgresServer server = PostgresServer.start(data, LAZY);
                JdbcStore store = open(server.dataSource(), SchemaMode.VALIDATE)) {
            assertThat(logged(store)).containsAll(returned);
        }
    }

    /** Each is the last thing before a crash: what commits durably later would take it along to the disk. */
    @Test
    void aCrashedServerLosesNothingThatThePromiseRestsOn() throws Exception {
        Path data = directory.resolve("data");
        SessionCopy opened = beforeACrash(data, "/shop", store -> store.open(Samples.session("alice")));
        LogPosition head = beforeACrash(data, "/shop", store -> {
            assertThat(store.find(opened.digest())).isEqualTo(opened);
            store.register("n1", "first", Duration.ofSeconds(2));
            return head(store);
        });
        beforeACrash(data, "/shop", store -> {
            assertThat(store.nodes().rows()).hasSize(1);
            store.fence(List.of("n1"));
            return head;
        });
        LogPosition next = beforeACrash(data, "/shop", store -> {
            assertThat(store.poll("n1", head, 1).self().fenced()).isTrue();
            store.startEpoch(head);
            return head(store);
        });
        beforeACrash(data, "/shop", store -> {
            assertThat(head(store)).isEqualTo(next).isNotEqualTo(head);
            store.announce(List.of(new OfToken(opened.digest())));
            return next;
        });
        LogPosition ofBlog = beforeACrash(data, "/blog", PostgresDatabaseTest::head);
        beforeACrash(data, "/blog", store -> assertThat(head(store)).isEqualTo(ofBlog));
        beforeACrash(data, "/shop", store -> assertThat(logged(store)).containsExactly(opened.digest()));
    }

    private static <T> T beforeACrash(Path data, String application, Function<JdbcStore, T> work) throws Exception {
        try (PostgresServer server = PostgresServer.start(data, LAZY);
                JdbcStore store = open(server.dataSource(), application, SchemaMode.MIGRATE)) {
            T result = work.apply(store);
            server.crash();
            return result;
        }
    }

    @Test
    void aServerThatLosesCommitsByItselfIsWarnedOf() throws Exception {
        try (TestDatabase careless = TestDatabase.postgres();
                CapturedLog log = new CapturedLog("dev.lockstep");
                JdbcStore store = open(careless.dataSource(), SchemaMode.MIGRATE)) {
            assertThat(log.messages()).singleElement().asString().startsWith("LOCKSTEP-0116 ");
            assertThat(store.reach()).isEqualTo(Reach.SHARED);
        }
    }

    @Test
    void aStandbyAnswersNothingAndAFailoverStartsAnEpoch() throws Exception {
        Path primaryData = directory.resolve("primary");
        Path standbyData = directory.resolve("standby");
        SessionCopy copy;
        LogPosition before;
        try (PostgresServer primary = PostgresServer.start(primaryData, Map.of());
                JdbcStore store = open(primary.dataSource(), SchemaMode.MIGRATE)) {
            copy = store.open(Samples.session("alice"));
            before = head(store);
        }
        copy(primaryData, standbyData);
        Files.createFile(standbyData.resolve("standby.signal"));

        try (PostgresServer standby = PostgresServer.start(standbyData, Map.of("hot_standby", "on"));
                Connection connection = standby.dataSource().getConnection()) {
            assertThatThrownBy(() -> open(standby.dataSource(), SchemaMode.NONE))
                    .isInstanceOf(LockstepException.class)
                    .hasMessageStartingWith("LOCKSTEP-0115 ");
            assertAnswersNothing(new Link(connection, Deadline.after(NodeClock.SYSTEM, Duration.ofSeconds(30))));

            TestDatabase.execute(standby.dataSource(), "SELECT pg_promote()");
            try (JdbcStore store = open(standby.dataSource(), SchemaMode.VALIDATE)) {
                assertThat(head(store).position()).isEqualTo(before.position());
                assertThat(head(store).epoch()).isNotEqualTo(before.epoch());
                assertThat(store.find(copy.digest()).session()).isEqualTo(copy.session());
            }
        }
    }

    /** As the statements of a store would that was opened on the primary. */
    private static void assertAnswersNothing(Link link) {
        Sessions sessions = new Sessions("/shop", Dialect.POSTGRESQL, new SessionRows(new JsonText()));
        Feed feed = new Feed("/shop", Dialect.POSTGRESQL);
        LogPosition start = new LogPosition(0, 0);
        List<Work<?>> readings = List.of(
                it -> sessions.find(it, Samples.digest()),
                it -> sessions.list(it, "alice"),
                it -> sessions.list(it, "nobody"),
                it -> feed.poll(it, "n1", start, 1),
                feed::nodes,
                it -> feed.nodesBehind(it, start));
        assertThat(readings)
                .allSatisfy(reading ->
                        assertThatThrownBy(() -> reading.on(link)).hasMessageContaining("recovery is in progress"));
    }

    @Test
    void aPausedServerHoldsUpCallersUntilTheirDeadlineAndNoThreadForLonger() throws Exception {
        Duration timeout = Duration.ofSeconds(2);
        try (PostgresServer server = PostgresServer.start(directory.resolve("data"), Map.of());
                StoreDataSource pool = StoreDataSource.pooled(server.url(), "postgres", null, 16);
                JdbcStore store = JdbcStore.open(
                        pool, StoreSettings.of("/shop").withTimeout(timeout), Executors.defaultThreadFactory())) {
            SessionCopy copy = store.open(Samples.session("alice"));
            SessionCopy other = store.open(Samples.session("alice"));
            server.pause();
            try {
                assertGivesUp(() -> store.find(copy.digest()));
                assertGivesUp(() -> store.revoke(List.of(new OfToken(copy.digest()))));
                assertGivesUp(() -> store.poll("none", new LogPosition(0, 0), 1));
                assertGivesUp(() -> store.open(Samples.session("bob")));
                Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> store.busy() == 0);
            } finally {
                server.resume();
            }

            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .ignoreExceptions()
                    .until(() -> store.find(other.digest()) != null);
            store.revoke(List.of(new OfToken(copy.digest())));
            assertThat(store.find(copy.digest())).isNull();
        }
    }

    private static void assertGivesUp(Runnable call) {
        assertThatThrownBy(call::run).isInstanceOf(StoreUnavailableException.class);
    }

    private static List<TokenDigest> logged(JdbcStore store) {
        LogPosition start = new LogPosition(head(store).epoch(), 0);
        return store.poll("none", start, 10_000).rows().stream()
                .map(Revocation::digest)
                .toList();
    }

    private static LogPosition head(JdbcStore store) {
        return store.poll("none", new LogPosition(0, 0), 1).head();
    }

    private static JdbcStore open(DataSource dataSource, SchemaMode schema) {
        return open(dataSource, "/shop", schema);
    }

    private static JdbcStore open(DataSource dataSource, String application, SchemaMode schema) {
        return JdbcStore.open(
                dataSource,
                StoreSettings.of(application).withSchema(schema).withTimeout(Duration.ofSeconds(30)),
                Executors.defaultThreadFactory());
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectory(to, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path each, BasicFileAttributes attributes) throws IOException {
                Files.createDirectories(to.resolve(from.relativize(each).toString()));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path each, BasicFileAttributes attributes) throws IOException {
                if (!each.getFileName().toString().equals("postmaster.pid")) {
                    Files.copy(each, to.resolve(from.relativize(each).toString()));
                }
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
