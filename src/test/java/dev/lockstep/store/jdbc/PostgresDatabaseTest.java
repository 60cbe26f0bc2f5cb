package dev.lockstep.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.LockstepException;
import dev.lockstep.SessionCopy;
import dev.lockstep.TokenDigest;
import dev.lockstep.contract.CapturedLog;
import dev.lockstep.contract.Samples;
import dev.lockstep.process.Directories;
import dev.lockstep.process.PostgresServer;
import dev.lockstep.spi.LogPosition;
import dev.lockstep.spi.NodeClock;
import dev.lockstep.spi.Revocation;
import dev.lockstep.spi.RevocationTarget.OfToken;
import dev.lockstep.store.jdbc.connection.StoreConnection;
import dev.lockstep.store.jdbc.connection.StoreExecutor.Deadline;
import dev.lockstep.store.jdbc.dialect.Dialect;
import dev.lockstep.store.jdbc.dialect.LogTable;
import dev.lockstep.store.jdbc.dialect.NodeTable;
import dev.lockstep.store.jdbc.dialect.SessionTable;
import dev.lockstep.store.jdbc.dialect.Sharing;
import dev.lockstep.store.jdbc.postgresql.PostgresDialect;
import dev.lockstep.store.jdbc.schema.SchemaMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.function.Function;
import javax.sql.DataSource;
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
    void aStoreThatBeginsAndRevokesHasTheServerWarnOfNothing() throws Exception {
        Path folder = directory.resolve("server");
        try (PostgresServer server = PostgresServer.start(folder, Map.of());
                JdbcStore store = open(server.dataSource(), SchemaMode.MIGRATE)) {
            SessionCopy copy = store.open(Samples.session("alice"));
            store.revoke(List.of(new OfToken(copy.digest())));
        }

        assertThat(Files.readString(folder.resolve("log")))
                .contains("ready to accept connections")
                .doesNotContain("WARNING");
    }

    @Test
    void aCrashedServerLosesNoRevocationThatHasReturned() throws Exception {
        Path folder = directory.resolve("server");
        List<TokenDigest> returned = new ArrayList<>();
        try (PostgresServer server = PostgresServer.start(folder, LAZY);
                JdbcStore store = open(server.dataSource(), SchemaMode.MIGRATE)) {
            for (int i = 0; i < 20; i++) {
                SessionCopy copy = store.open(Samples.session("alice"));
                TokenDigest next = Samples.digest();
                store.rotate(copy.digest(), next);
                returned.add(copy.digest());
                store.revoke(List.of(new OfToken(next)));
                returned.add(next);
            }
            server.kill();
        }

        try (PostgresServer server = PostgresServer.start(folder, LAZY);
                JdbcStore store = open(server.dataSource(), SchemaMode.VALIDATE)) {
            assertThat(logged(store)).containsAll(returned);
        }
    }

    /**
     * Each is the last thing before a crash: what commits durably later would take it along to the
     * disk.
     */
    @Test
    void aCrashedServerLosesNothingThatThePromiseRestsOn() throws Exception {
        Path folder = directory.resolve("server");
        SessionCopy opened = beforeACrash(folder, "/shop", store -> store.open(Samples.session("alice")));
        LogPosition head = beforeACrash(folder, "/shop", store -> {
            assertThat(store.find(opened.digest())).isEqualTo(opened);
            store.register("n1", "first", Duration.ofSeconds(2));
            return head(store);
        });
        beforeACrash(folder, "/shop", store -> {
            assertThat(store.nodes().rows()).hasSize(1);
            store.fence(List.of("n1"));
            return head;
        });
        LogPosition next = beforeACrash(folder, "/shop", store -> {
            assertThat(store.poll("n1", head, 1).self().fenced()).isTrue();
            store.startEpoch(head);
            return head(store);
        });
        beforeACrash(folder, "/shop", store -> {
            assertThat(head(store)).isEqualTo(next).isNotEqualTo(head);
            store.announce(List.of(new OfToken(opened.digest())));
            return next;
        });
        LogPosition ofBlog = beforeACrash(folder, "/blog", PostgresDatabaseTest::head);
        beforeACrash(folder, "/blog", store -> assertThat(head(store)).isEqualTo(ofBlog));
        beforeACrash(folder, "/shop", store -> assertThat(logged(store)).containsExactly(opened.digest()));
    }

    private static <T> T beforeACrash(Path folder, String application, Function<JdbcStore, T> work) throws Exception {
        try (PostgresServer server = PostgresServer.start(folder, LAZY);
                JdbcStore store = open(server.dataSource(), application, SchemaMode.MIGRATE)) {
            T result = work.apply(store);
            server.kill();
            return result;
        }
    }

    @Test
    void aServerThatLosesCommitsByItselfIsWarnedOf() throws Exception {
        try (TestDatabase careless = TestDatabase.postgres();
                CapturedLog log = new CapturedLog("dev.lockstep");
                JdbcStore store = open(careless.dataSource(), SchemaMode.MIGRATE)) {
            assertThat(log.messages()).singleElement().asString().startsWith("LOCKSTEP-0116 ");
            assertThat(store.sharing()).isEqualTo(Sharing.SHARED);
        }
    }

    @Test
    void aStandbyAnswersNothingAndAFailoverStartsAnEpoch() throws Exception {
        Path standbyData = Files.createDirectory(directory.resolve("standby")).resolve("data");
        SessionCopy copy;
        LogPosition before;
        try (PostgresServer primary = PostgresServer.start(directory.resolve("primary"), Map.of());
                JdbcStore store = open(primary.dataSource(), SchemaMode.MIGRATE)) {
            copy = store.open(Samples.session("alice"));
            before = head(store);
            primary.shutDown();
            Directories.copy(primary.data(), standbyData);
        }
        Files.createFile(standbyData.resolve("standby.signal"));

        try (PostgresServer standby = PostgresServer.start(directory.resolve("standby"), Map.of("hot_standby", "on"));
                Connection connection = standby.dataSource().getConnection()) {
            assertThatThrownBy(() -> open(standby.dataSource(), SchemaMode.NONE))
                    .isInstanceOf(LockstepException.class)
                    .hasMessageStartingWith("LOCKSTEP-0115 ");
            assertAnswersNothing(
                    new StoreConnection(connection, Deadline.after(NodeClock.SYSTEM, Duration.ofSeconds(30))));

            TestDatabase.execute(standby.dataSource(), "SELECT pg_promote()");
            try (JdbcStore store = open(standby.dataSource(), SchemaMode.VALIDATE)) {
                assertThat(head(store).position()).isEqualTo(before.position());
                assertThat(head(store).epoch()).isNotEqualTo(before.epoch());
                assertThat(store.find(copy.digest()).session()).isEqualTo(copy.session());
            }
        }
    }

    /**
     * Both standbys begin the same timeline: a node that has seen the first would take the second's
     * log for the same, and a copy from there for one from here.
     */
    @Test
    void eachPromotionBeginsAnEpochOfItsOwnThoughTimelinesAreGivenOutAgain() throws Exception {
        LogPosition before;
        try (PostgresServer primary = PostgresServer.start(directory.resolve("primary"), Map.of());
                JdbcStore store = open(primary.dataSource(), SchemaMode.MIGRATE)) {
            store.register("n1", "node", Duration.ofSeconds(2));
            before = head(store);
            primary.shutDown();
            for (String standby : List.of("first", "second")) {
                Path folder = Files.createDirectory(directory.resolve(standby));
                Directories.copy(primary.data(), folder.resolve("data"));
                Files.createFile(folder.resolve("data/standby.signal"));
            }
        }

        Promoted first = promoted("first");
        Promoted second = promoted("second");

        assertThat(first.timeline()).isEqualTo(second.timeline());
        assertThat(List.of(before.epoch(), first.unwritten(), second.unwritten(), first.drawn(), second.drawn()))
                .doesNotHaveDuplicates();
    }

    /**
     * A standby that has become the primary.
     *
     * @param unwritten the epoch before any node could register
     * @param drawn the epoch from then on
     */
    private record Promoted(String timeline, long unwritten, long drawn) {}

    /** And then restarted, which changes nothing. */
    private Promoted promoted(String standby) throws Exception {
        Path folder = directory.resolve(standby);
        Promoted promoted;
        try (PostgresServer server = PostgresServer.start(folder, Map.of("hot_standby", "on"))) {
            TestDatabase.execute(server.dataSource(), "SELECT pg_promote()");
            try (JdbcStore store = open(server.dataSource(), SchemaMode.VALIDATE)) {
                long unwritten = head(store).epoch();
                LogPosition drawn =
                        store.register("n2", "node", Duration.ofSeconds(2)).position();
                assertThat(head(store)).isEqualTo(drawn);
                promoted = new Promoted(timeline(server.dataSource()), unwritten, drawn.epoch());
            }
        }
        try (PostgresServer server = PostgresServer.start(folder, Map.of());
                JdbcStore store = open(server.dataSource(), SchemaMode.VALIDATE)) {
            store.register("n3", "node", Duration.ofSeconds(2));
            assertThat(head(store).epoch()).isEqualTo(promoted.drawn());
        }
        return promoted;
    }

    private static String timeline(DataSource source) throws Exception {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT left(pg_walfile_name(pg_current_wal_lsn()), 8)")) {
            row.next();
            return row.getString(1);
        }
    }

    /** As the statements of a store would that was opened on the primary. */
    private static void assertAnswersNothing(StoreConnection connection) {
        Dialect dialect = new PostgresDialect();
        SessionTable sessions = new SessionTable("/shop", dialect);
        LogTable log = new LogTable("/shop", dialect);
        NodeTable nodes = new NodeTable("/shop", dialect);
        LogPosition start = new LogPosition(0, 0);
        List<StoreConnection.Work<?>> readings = List.of(
                it -> sessions.find(it, List.of(Samples.digest())),
                it -> sessions.find(it, List.of(Samples.digest(), Samples.digest())),
                it -> sessions.list(it, "alice"),
                it -> sessions.list(it, "nobody"),
                it -> log.poll(it, "n1", start, 1),
                nodes::all,
                it -> nodes.among(it, List.of("n1")));
        assertThat(readings)
                .allSatisfy(reading -> assertThatThrownBy(() -> reading.on(connection))
                        .hasMessageContaining("recovery is in progress"));
    }

    @Test
    void aPausedServerHoldsUpCallersUntilTheirDeadlineAndNoThreadForLonger() throws Exception {
        try (PostgresServer server = PostgresServer.start(directory.resolve("server"), Map.of());
                StoreDataSource pool = StoreDataSource.pooled(server.url("postgres"), "postgres", null, 16)) {
            PausedServer.assertHoldsUpNobodyForLonger(server, pool);
        }
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
                application,
                StoreSettings.DEFAULTS.withSchema(schema).withTimeout(Duration.ofSeconds(30)),
                Executors.defaultThreadFactory());
    }
}
