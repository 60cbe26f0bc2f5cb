package dev.lockstep.runtimes;

import dev.lockstep.docs.Block;
import dev.lockstep.process.PostgresServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;

/**
 * The PostgreSQL server of the pages. Each server of the rig has a database of its own there, set
 * up as its page prints.
 */
final class SessionsServer implements AutoCloseable {

    private static final Block SETUP = Block.printed("docs/howto/postgresql.md", "sql", 1);

    private final PostgresServer server;

    private SessionsServer(PostgresServer server) {
        this.server = server;
    }

    static SessionsServer start() throws Exception {
        SessionsServer started = new SessionsServer(PostgresServer.start(Map.of()));
        started.execute("postgres", "CREATE DATABASE sessions");
        started.execute("sessions", SETUP.text());
        return started;
    }

    Database database(String name) throws SQLException {
        execute("postgres", "CREATE DATABASE \"" + name + "\" TEMPLATE sessions");
        return new Database(server.port(), name);
    }

    /** The driver's file, of the version that the pages name. */
    static Path driver() {
        return Path.of(org.postgresql.Driver.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .getPath());
    }

    private void execute(String database, String statements) throws SQLException {
        try (Connection connection = DriverManager.getConnection(server.url(database), "postgres", "");
                Statement statement = connection.createStatement()) {
            statement.execute(statements);
        }
    }

    @Override
    public void close() {
        server.close();
    }

    /** What the pages call {@code //db/sessions}. */
    record Database(int port, String name) {

        /** What a page prints, with this database's address, and a password. */
        String adapt(String printed) {
            return printed.replace("//db/sessions", "//127.0.0.1:" + port + "/" + name)
                    .replace(
                            "serverName=db:portNumber=5432:databaseName=sessions",
                            "serverName=127.0.0.1:portNumber=" + port + ":databaseName=" + name)
                    .replace("…", "secret");
        }
    }
}
