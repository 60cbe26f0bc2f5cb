package dev.lockstep.store.jdbc;

import dev.lockstep.process.Signals;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.sql.DataSource;

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
        return start(data, settings, 0);
    }

    /** {@link #start(Path, Map)}, on a port; 0 for any. */
    static PostgresServer start(Path data, Map<String, String> settings, int port) throws IOException {
        EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .setPort(port)
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

    int port() {
        return server.getPort();
    }

    Path data() {
        return data;
    }

    /** Ends it as a crash would: nothing is written any more. */
    void crash() throws IOException {
        ProcessHandle postmaster = postmaster();
        Signals.send("QUIT", List.of(postmaster));
        Signals.awaitEnd(postmaster);
    }

    /** Stops all its processes where they are; they neither answer nor close anything. */
    void pause() throws IOException {
        Signals.stop(postmaster());
        Signals.send("STOP", postmaster().descendants().toList());
    }

    void resume() throws IOException {
        Signals.send(
                "CONT",
                Stream.concat(Stream.of(postmaster()), postmaster().descendants())
                        .toList());
    }

    private ProcessHandle postmaster() throws IOException {
        String pid = Files.readAllLines(data.resolve("postmaster.pid")).get(0).trim();
        return ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
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
