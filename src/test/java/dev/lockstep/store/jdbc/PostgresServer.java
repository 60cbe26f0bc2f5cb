package dev.lockstep.store.jdbc;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.awaitility.Awaitility;

/** A PostgreSQL server of a test's own, which it may maltreat. */
final class PostgresServer implements AutoCloseable {

    private final Path data;
    private final EmbeddedPostgres server;

    private PostgresServer(Path data, EmbeddedPostgres server) {
        this.data = data;
        this.server = server;
    }

    /** Starts one on a directory, where it may find the data of an earlier one. */
    static PostgresServer start(Path data, Map<String, String> settings) throws IOException {
        EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .setServerConfig("listen_addresses", "127.0.0.1")
                .setPGStartupWait(Duration.ofSeconds(60));
        settings.forEach(builder::setServerConfig);
        return new PostgresServer(data, builder.start());
    }

    DataSource dataSource() {
        return server.getPostgresDatabase();
    }

    String url() {
        return server.getJdbcUrl("postgres", "postgres");
    }

    Path data() {
        return data;
    }

    /** Ends it as a crash would: nothing is written any more. */
    void crash() throws Exception {
        long pid = pid();
        signal("QUIT", pid);
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() ->
                        ProcessHandle.of(pid).map(handle -> !handle.isAlive()).orElse(true));
    }

    /** Stops all its processes where they are; they neither answer nor close anything. */
    void pause() throws Exception {
        signalAll("STOP");
    }

    void resume() throws Exception {
        signalAll("CONT");
    }

    private void signalAll(String name) throws Exception {
        ProcessHandle postmaster = ProcessHandle.of(pid()).orElseThrow();
        signal(name, postmaster.pid());
        for (ProcessHandle each : postmaster.descendants().toList()) {
            signal(name, each.pid());
        }
    }

    private static void signal(String name, long pid) throws Exception {
        new ProcessBuilder("kill", "-" + name, Long.toString(pid)).start().waitFor(10, TimeUnit.SECONDS);
    }

    private long pid() throws IOException {
        return Long.parseLong(
                Files.readAllLines(data.resolve("postmaster.pid")).get(0).trim());
    }

    /** Whether it accepts connections. */
    boolean isUp() {
        try (Connection connection = dataSource().getConnection()) {
            return connection.isValid(1);
        } catch (SQLException e) {
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
