package dev.lockstep.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.LockstepException;
import dev.lockstep.SessionCopy;
import dev.lockstep.StoreUnavailableException;
import dev.lockstep.TokenDigest;
import dev.lockstep.contract.CapturedLog;
import dev.lockstep.contract.Samples;
import dev.lockstep.process.MariaDbServer;
import dev.lockstep.spi.LogPosition;
import dev.lockstep.spi.Revocation;
import dev.lockstep.spi.RevocationTarget.OfToken;
import dev.lockstep.store.jdbc.dialect.Sharing;
import dev.lockstep.store.jdbc.schema.SchemaMode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Crashes, replicas and failovers, on a server of its own. */
class MariaDbDatabaseTest {

    @TempDir
    Path directory;

    @AutoClose
    private MariaDbServer server;

    @BeforeEach
    void start() throws Exception {
        server = MariaDbServer.start(directory.resolve("server"), Map.of());
    }

    /** @param settings separated by spaces */
    private void startAnew(String settings) throws Exception {
        server.shutDown();
        Map<String, String> all = Stream.of(settings.split(" "))
                .filter(setting -> !setting.isEmpty())
                .map(setting -> setting.split("="))
                .collect(Collectors.toMap(setting -> setting[0], setting -> setting[1]));
        server = MariaDbServer.start(directory.resolve("server"), all);
    }

    /** Where there is a binary log, that decides after a crash what was committed. */
    @ParameterizedTest
    @ValueSource(strings = {"", "log-bin=binlog sync-binlog=1"})
    void aCrashedServerLosesNoRevocationThatHasReturned(String settings) throws Exception {
        startAnew(settings);
        List<TokenDigest> returned = new ArrayList<>();
        try (JdbcStore store = open(SchemaMode.MIGRATE)) {
            for (int i = 0; i < 20; i++) {
                SessionCopy copy = store.open(Samples.session("alice"));
                TokenDigest next = Samples.digest();
                store.rotate(copy.digest(), next);
                returned.add(copy.digest());
                store.revoke(List.of(new OfToken(next)));
                returned.add(next);
            }
        }
        server.crash();

        try (JdbcStore store = open(SchemaMode.VALIDATE)) {
            assertThat(logged(store)).containsAll(returned);
        }
    }

    /**
     * A commit is visible before it is on disk. So what others have read may be gone after a crash,
     * and its position is given out again: in another epoch.
     */
    @Test
    void whatWasReadAndIsLostLeavesNoPositionThatIsGivenOutTwiceInAnEpoch() throws Exception {
        startAnew("innodb-flush-log-at-trx-commit=0");
        LogPosition seen;
        try (JdbcStore store = open(SchemaMode.MIGRATE)) {
            store.find(store.open(Samples.session("alice")).digest());
            seen = untilACrashTakesItBack(store);
        }

        try (JdbcStore store = open(SchemaMode.VALIDATE)) {
            LogPosition head = head(store);
            assertThat(head.position()).isLessThan(seen.position());
            assertThat(head.epoch()).isNotEqualTo(seen.epoch());
        }
    }

    /** Now and then the second in which all is written is just over. */
    private LogPosition untilACrashTakesItBack(JdbcStore store) throws Exception {
        while (true) {
            SessionCopy copy = store.open(Samples.session("alice"));
            store.revoke(List.of(new OfToken(copy.digest())));
            LogPosition seen = head(store);
            server.crash();
            if (head(store).position() < seen.position()) {
                return seen;
            }
        }
    }

    @Test
    void aRestartBeginsAnEpochAndKeepsTheSessions() throws Exception {
        try (JdbcStore store = open(SchemaMode.MIGRATE)) {
            SessionCopy before = store.open(Samples.session("alice"));
            server.crash();

            SessionCopy after = store.find(before.digest());

            assertThat(after.session()).isEqualTo(before.session());
            assertThat(after.epoch()).isNotEqualTo(before.epoch());
            assertThat(store.find(before.digest())).isEqualTo(after);
        }
    }

    /** What is in memory outlasts all that closes a table, but the end of the server. */
    @Test
    void aFlushOfTheTablesBeginsNoEpoch() throws Exception {
        try (JdbcStore store = open(SchemaMode.MIGRATE)) {
            LogPosition before = head(store);

            server.execute("FLUSH TABLES", "FLUSH TABLES WITH READ LOCK", "UNLOCK TABLES");

            assertThat(head(store)).isEqualTo(before);
        }
    }

    /** A replica that takes over has another number than its primary. */
    @Test
    void anotherServerIsAnotherEpoch() throws Exception {
        try (JdbcStore store = open(SchemaMode.MIGRATE)) {
            LogPosition before = head(store);
            server.execute("SET GLOBAL server_id = 42");

            assertThat(head(store).position()).isEqualTo(before.position());
            assertThat(head(store).epoch()).isNotEqualTo(before.epoch());
        }
    }

    @Test
    void aServerThatOnlyReadsAnswersNothing() throws Exception {
        try (JdbcStore store = open(SchemaMode.MIGRATE)) {
            SessionCopy copy = store.open(Samples.session("alice"));
            LogPosition head = head(store);
            server.execute("SET GLOBAL read_only = ON");

            assertThatThrownBy(() -> open(SchemaMode.NONE))
                    .isInstanceOf(LockstepException.class)
                    .hasMessageStartingWith("LOCKSTEP-0241 ");
            List<Runnable> readings = List.of(
                    () -> store.find(copy.digest()),
                    () -> store.find(Samples.digest()),
                    () -> store.list("alice"),
                    () -> store.list("nobody"),
                    () -> store.poll("n1", head, 1),
                    store::nodes,
                    () -> store.nodesAmong(List.of("n1")));
            assertThat(readings)
                    .allSatisfy(reading -> assertThatThrownBy(reading::run)
                            .isInstanceOf(StoreUnavailableException.class)
                            .hasMessageStartingWith("LOCKSTEP-0120 "));

            server.execute("SET GLOBAL read_only = OFF");
            assertThat(store.find(copy.digest())).isEqualTo(copy);
        }
    }

    @Test
    void aServerThatLosesCommitsByItselfIsWarnedOf() throws Exception {
        try (CapturedLog log = new CapturedLog("dev.lockstep")) {
            open(SchemaMode.MIGRATE).close();
            assertThat(log.messages()).noneMatch(message -> message.startsWith("LOCKSTEP-0240 "));

            server.execute("SET GLOBAL innodb_flush_log_at_trx_commit = 2");
            try (JdbcStore store = open(SchemaMode.VALIDATE)) {
                assertThat(log.messages())
                        .filteredOn(message -> message.startsWith("LOCKSTEP-0240 "))
                        .singleElement()
                        .asString()
                        .contains("innodb_flush_log_at_trx_commit = 2");
                assertThat(store.sharing()).isEqualTo(Sharing.SHARED);
            }
        }
    }

    @Test
    void theTablesHaveRoomForTheirKeysWhateverRowsTheServerPrefers() throws Exception {
        startAnew("innodb-default-row-format=redundant");

        try (JdbcStore store = open(SchemaMode.MIGRATE)) {
            String longest = "\uffff".repeat(255);
            assertThat(store.open(Samples.session(longest)).session().principal())
                    .isEqualTo(longest);
        }
    }

    /** It can't hold what is done at READ COMMITTED. */
    @Test
    void aServerWhoseBinaryLogHoldsStatementsIsRefusedAtStartUp() throws Exception {
        startAnew("log-bin=binlog sync-binlog=1 binlog-format=STATEMENT");

        assertThatThrownBy(() -> open(SchemaMode.MIGRATE))
                .isInstanceOf(LockstepException.class)
                .hasMessageStartingWith("LOCKSTEP-0245 ");
    }

    @Test
    void aPausedServerHoldsUpCallersUntilTheirDeadlineAndNoThreadForLonger() throws Exception {
        try (StoreDataSource pool = StoreDataSource.pooled(server.url("test"), null, null, 16)) {
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
        return store.nodes().head();
    }

    private JdbcStore open(SchemaMode schema) {
        return JdbcStore.open(
                server.dataSource(),
                "/shop",
                StoreSettings.DEFAULTS.withSchema(schema).withTimeout(Duration.ofSeconds(30)),
                Executors.defaultThreadFactory());
    }
}
