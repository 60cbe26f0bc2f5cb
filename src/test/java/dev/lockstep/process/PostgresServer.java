package dev.lockstep.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A PostgreSQL server. What it is not told by settings it does as quickly as it can: nothing is
 * forced to the disk. For one thread at a time.
 */
public final class PostgresServer extends DatabaseServer {

    private static final Map<String, String> QUICK = Map.of(
            "fsync", "off",
            "synchronous_commit", "off",
            "max_connections", "300",
            "timezone", "UTC",
            "listen_addresses", "127.0.0.1",
            "unix_socket_directories", "");

    private final Map<String, String> settings = new TreeMap<>(QUICK);

    private PostgresServer(Path folder, boolean deleted, Map<String, String> settings) throws IOException {
        super(folder, deleted);
        this.settings.putAll(settings);
    }

    /** One with an empty database, whose files are deleted when it is closed. */
    public static PostgresServer start(Map<String, String> settings) throws IOException, InterruptedException {
        return start(new PostgresServer(newFolder("postgres"), true, settings));
    }

    /** One in a folder, where it may find the files of an earlier one. */
    public static PostgresServer start(Path folder, Map<String, String> settings)
            throws IOException, InterruptedException {
        return start(new PostgresServer(Files.createDirectories(folder), false, settings));
    }

    private static PostgresServer start(PostgresServer server) throws IOException, InterruptedException {
        if (Files.notExists(server.data())) {
            PostgresPrograms.initialize(server.data());
        }
        server.restart();
        return server;
    }

    public String url(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port() + "/" + database;
    }

    @Override
    public DataSource dataSource() {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setURL(url("postgres"));
        source.setUser("postgres");
        return source;
    }

    @Override
    protected List<String> command() throws IOException {
        List<String> command = PostgresPrograms.command("postgres");
        command.addAll(List.of("-D", data().toString(), "-p", Integer.toString(port())));
        settings.forEach((name, value) -> command.addAll(List.of("-c", name + "=" + value)));
        return command;
    }

    @Override
    protected boolean answers() {
        try (Connection connection = dataSource().getConnection()) {
            return true;
        } catch (SQLException e) {
            return false;
        }
    }

    @Override
    public void shutDown() {
        end("INT");
    }
}
