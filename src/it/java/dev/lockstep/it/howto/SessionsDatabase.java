package dev.lockstep.it.howto;

import dev.lockstep.chaos.cluster.Postgres;
import dev.lockstep.docs.Block;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/** The database of the how-tos, set up by the statements that they print. */
final class SessionsDatabase implements AutoCloseable {

    private static final Path PAGE = Path.of("docs", "howto", "postgresql.md");
    private static final Path LOGOUTS = Path.of("docs", "howto", "logout-settings.md");

    private final Postgres server;

    private SessionsDatabase(Postgres server) {
        this.server = server;
    }

    static SessionsDatabase start(Path directory) throws Exception {
        SessionsDatabase database = new SessionsDatabase(
                Postgres.create(Path.of("target", "postgres").toAbsolutePath(), directory, "on"));
        database.execute("postgres", "postgres", "CREATE DATABASE sessions");
        database.execute("sessions", "postgres", Block.of(PAGE, "sql").get(0).text());
        return database;
    }

    /** What a how-to prints, with this database's address, a password, and the driver's file. */
    String adapt(String printed) {
        Path driver = Path.of(org.postgresql.Driver.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .getPath());
        return printed.replace("//db/", "//127.0.0.1:" + server.port() + "/")
                .replace("serverName=db:portNumber=5432", "serverName=127.0.0.1:portNumber=" + server.port())
                .replace("…", "secret")
                .replace(driver.getFileName().toString(), driver.toString());
    }

    /** Ends the server as a crash does, and starts it again: every connection to it is dead. */
    void restart() throws IOException, InterruptedException {
        server.kill();
        server.start();
    }

    /** By the first statements that the page prints, which are PostgreSQL's. */
    void logEverybodyOut() throws SQLException {
        execute("sessions", "shop_sessions", Block.of(LOGOUTS, "sql").get(0).text());
    }

    private void execute(String database, String user, String statements) throws SQLException {
        String url = "jdbc:postgresql://127.0.0.1:" + server.port() + "/" + database;
        try (Connection connection = DriverManager.getConnection(url, user, "");
                Statement statement = connection.createStatement()) {
            statement.execute(statements);
        }
    }

    @Override
    public void close() {
        server.close();
    }
}
