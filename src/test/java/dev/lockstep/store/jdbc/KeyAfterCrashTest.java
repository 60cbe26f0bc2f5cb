package dev.lockstep.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.process.DatabaseServer;
import dev.lockstep.process.MariaDbServer;
import dev.lockstep.process.PostgresServer;
import dev.lockstep.spi.KeyRing;
import dev.lockstep.spi.KeyRingStore.Former;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executors;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A key that was returned is on disk, whatever a server is set to. */
class KeyAfterCrashTest {

    private static final Duration LONG = Duration.ofDays(1);

    @TempDir
    private Path directory;

    @Test
    void ofPostgres() throws Exception {
        try (DatabaseServer server = PostgresServer.start(Map.of("synchronous_commit", "off"))) {
            survives(server);
        }
    }

    @Test
    void ofMariaDb() throws Exception {
        try (DatabaseServer server = MariaDbServer.start(Map.of())) {
            survives(server);
        }
    }

    @Test
    void ofAnH2DatabaseThatIsClosedAndOpenedAgain() {
        KeyRing before;
        try (TestDatabase database = TestDatabase.h2File(directory)) {
            before = replaced(database.dataSource());
        }
        try (TestDatabase database = TestDatabase.h2File(directory)) {
            assertThat(read(database.dataSource())).isEqualTo(before);
        }
    }

    private static void survives(DatabaseServer server) throws Exception {
        KeyRing before = replaced(server.dataSource());

        server.kill();
        server.restart();

        assertThat(read(server.dataSource())).isEqualTo(before);
    }

    private static KeyRing replaced(DataSource source) {
        try (JdbcStore store = open(source)) {
            return store.replaceKey(store.keyRing(LONG).inForce().number(), LONG, Former.STAYS);
        }
    }

    private static KeyRing read(DataSource source) {
        try (JdbcStore store = open(source)) {
            return store.keyRing(LONG);
        }
    }

    private static JdbcStore open(DataSource source) {
        return JdbcStore.open(source, "/shop", StoreSettings.DEFAULTS, Executors.defaultThreadFactory());
    }
}
