package dev.lockstep.it.howto;

import dev.lockstep.chaos.cluster.ClusterPostgres;
import dev.lockstep.docs.Block;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** The database of the how-tos, set up by the statements that they print. */
final class SessionsDatabase implements AutoCloseable {

    private static final Block SETUP = Block.printed("docs/howto/postgresql.md", "sql", 1);
    private static final Block EVERYBODY_OUT = Block.printed("docs/howto/logout-settings.md", "sql", 1);

    private final ClusterPostgres server;

    private SessionsDatabase(ClusterPostgres server) {
        this.server = server;
    }

    static SessionsDatabase start(Path directory) throws Exception {
        SessionsDatabase database = new SessionsDatabase(ClusterPostgres.create(directory, "on"));
        database.execute("postgres", "postgres", "CREATE DATABASE sessions");
        database.execute("sessions", "postgres", SETUP.text());
        return database;
    }

    /** What a how-to prints, with this database's address, a password, and the driver's file. */
    String adapt(String printed) {
        Path driver = driver();
        return printed.replace("//db/", "//127.0.0.1:" + server.port() + "/")
                .replace("serverName=db:portNumber=5432", "serverName=127.0.0.1:portNumber=" + server.port())
                .replace("…", "secret")
                .replace(driver.getFileName().toString(), driver.toString());
    }

    /** The driver's file, of the version that the pages name. */
    Path driver() {
        return Path.of(org.postgresql.Driver.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .getPath());
    }

    /** Ends the server as a crash does, and starts it again: every connection to it is dead. */
    void restart() throws IOException, InterruptedException {
        server.kill();
        server.start();
    }

    /** How many copies are in the table of a cache. */
    int countOfCopies() throws SQLException {
        String url = "jdbc:postgresql://127.0.0.1:%d/sessions?currentSchema=sessions";
        return Caches.count(url.formatted(server.port()), "postgres");
    }

    /**
     * How many connections of a pool there are.
     *
     * @param pool what its URL calls itself
     * @param lastStatement a pattern of what each of them did last
     */
    int countOfConnections(String pool, String lastStatement) throws SQLException {
        try (Connection connection = connect("sessions", "postgres");
                PreparedStatement statement = connection.prepareStatement(
                        "SELECT count(*) FROM pg_stat_activity WHERE application_name = ? AND query LIKE ?")) {
            statement.setString(1, pool);
            statement.setString(2, lastStatement);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getInt(1);
            }
        }
    }

    /** By the statements that the page prints. */
    void logEverybodyOut() throws SQLException {
        execute("sessions", "shop_sessions", EVERYBODY_OUT.text());
    }

    private void execute(String database, String user, String statements) throws SQLException {
        try (Connection connection = connect(database, user);
                Statement statement = connection.createStatement()) {
            statement.execute(statements);
        }
    }

    private Connection connect(String database, String user) throws SQLException {
        return DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + server.port() + "/" + database, user, "");
    }

    @Override
    public void close() {
        server.close();
    }
}
