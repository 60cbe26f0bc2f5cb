package dev.lockstep.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.TokenDigest;
import dev.lockstep.contract.CapturedLog;
import dev.lockstep.process.GuardedProcess;
import dev.lockstep.process.Jdk;
import dev.lockstep.spi.LogPosition;
import dev.lockstep.store.jdbc.dialect.Sharing;
import dev.lockstep.store.jdbc.schema.SchemaMode;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import org.h2.jdbcx.JdbcDataSource;
import org.h2.tools.Server;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What H2 must be told, and what it tells of itself. */
class H2DatabaseTest {

    private static final String APPLICATION = "/shop";
    private static final int ENOUGH = 200;

    @TempDir
    Path directory;

    /**
     * With H2's default settings, a process that is killed takes up to half a second of commits
     * with it.
     */
    @Test
    void aKilledProcessLosesNoRevocationThatHasReturned() throws Exception {
        String url = "jdbc:h2:file:" + directory.resolve("store");

        List<TokenDigest> returned = returnedBeforeTheKill(url);

        assertThat(logged(url)).containsAll(returned);
    }

    /** H2 tells the setting that the file holds, and does not follow it. */
    @Test
    void norDoesOneThatFoundTheDatabaseAsAnotherHadLeftIt() throws Exception {
        String url = "jdbc:h2:file:" + directory.resolve("store");
        open(url, SchemaMode.MIGRATE).close();

        List<TokenDigest> returned = returnedBeforeTheKill(url);

        assertThat(logged(url)).containsAll(returned);
    }

    private List<TokenDigest> returnedBeforeTheKill(String url) throws Exception {
        List<String> command = List.of(
                Jdk.program("java"),
                "-cp",
                System.getProperty("java.class.path"),
                EndlessRevoker.class.getName(),
                url,
                APPLICATION);
        List<String> lines = new ArrayList<>();
        try (GuardedProcess process =
                GuardedProcess.start(command, directory.resolve("log").toFile())) {
            while (lines.size() < ENOUGH) {
                lines.add(process.readLine());
            }
            process.kill();
            lines.addAll(process.remainingLines());
        }
        return lines.stream()
                // the last one may not be whole
                .filter(line -> line.length() == 2 * TokenDigest.LENGTH)
                .map(hex -> TokenDigest.of(HexFormat.of().parseHex(hex)))
                .toList();
    }

    private static List<TokenDigest> logged(String url) {
        try (JdbcStore store = open(url, SchemaMode.VALIDATE)) {
            LogPosition start = new LogPosition(
                    store.poll("none", new LogPosition(0, 0), 1).head().epoch(), 0);
            return store.poll("none", start, Integer.MAX_VALUE).rows().stream()
                    .map(row -> row.digest())
                    .toList();
        }
    }

    @Test
    void commitsAreWrittenAtOnce() throws Exception {
        String url = "jdbc:h2:file:" + directory.resolve("store");
        try (Connection connection = DriverManager.getConnection(url, "sa", "")) {
            assertThat(writeDelay(connection)).isEqualTo("500");
            try (JdbcStore store = open(url, SchemaMode.MIGRATE)) {
                assertThat(store.sharing()).isEqualTo(Sharing.PRIVATE);
                assertThat(writeDelay(connection)).isEqualTo("0");
            }
        }
    }

    @Test
    void aUserWhoMayNotSetThatIsWarned() throws Exception {
        String url = "jdbc:h2:file:" + directory.resolve("store");
        try (Connection admin = DriverManager.getConnection(url, "sa", "");
                Statement statement = admin.createStatement()) {
            open(url, SchemaMode.MIGRATE).close();
            statement.execute("SET WRITE_DELAY 300");
            statement.execute("CREATE USER shop PASSWORD ''");
            statement.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON SCHEMA PUBLIC TO shop");
            try (CapturedLog log = new CapturedLog("dev.lockstep");
                    JdbcStore store = open(url, "shop", SchemaMode.VALIDATE)) {
                assertThat(log.messages())
                        .singleElement()
                        .asString()
                        .startsWith("LOCKSTEP-0112 ")
                        .contains("300 ms");
                assertThat(store.list("alice")).isEmpty();
            }
        }
    }

    @Test
    void aDatabaseInMemoryIsPrivateAndNeedsNoWarning() {
        try (CapturedLog log = new CapturedLog("dev.lockstep");
                JdbcStore store = open("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1", SchemaMode.MIGRATE)) {
            assertThat(store.sharing()).isEqualTo(Sharing.PRIVATE);
            assertThat(log.messages()).isEmpty();
        }
    }

    @Test
    void aFileThatIsServedToOthersIsShared() throws Exception {
        String url = "jdbc:h2:file:" + directory.resolve("store") + ";AUTO_SERVER=TRUE";
        try (Connection keepOpen = DriverManager.getConnection(url, "sa", "");
                JdbcStore store = open(url, SchemaMode.MIGRATE)) {
            assertThat(store.sharing()).isEqualTo(Sharing.SHARED);
            assertThat(keepOpen.isClosed()).isFalse();
        }
    }

    @Test
    void aServerIsShared() throws Exception {
        Server server = Server.createTcpServer("-tcpPort", "0", "-ifNotExists", "-baseDir", directory.toString())
                .start();
        try (JdbcStore store = open("jdbc:h2:tcp://127.0.0.1:" + server.getPort() + "/store", SchemaMode.MIGRATE)) {
            assertThat(store.sharing()).isEqualTo(Sharing.SHARED);
            assertThat(store.list("alice")).isEmpty();
        } finally {
            server.stop();
        }
    }

    private static JdbcStore open(String url, SchemaMode schema) {
        return open(url, "sa", schema);
    }

    private static JdbcStore open(String url, String user, SchemaMode schema) {
        JdbcDataSource dataSource = new JdbcDataSource();
        dataSource.setUrl(url);
        dataSource.setUser(user);
        return JdbcStore.open(
                dataSource,
                APPLICATION,
                StoreSettings.DEFAULTS.withSchema(schema).withThreads(StoreSettings.MIN_THREADS),
                Executors.defaultThreadFactory());
    }

    private static String writeDelay(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                var row = statement.executeQuery(
                        "SELECT SETTING_VALUE FROM INFORMATION_SCHEMA.SETTINGS WHERE SETTING_NAME = 'WRITE_DELAY'")) {
            row.next();
            return row.getString(1);
        }
    }
}
