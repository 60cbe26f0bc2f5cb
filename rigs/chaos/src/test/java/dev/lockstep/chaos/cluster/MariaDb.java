package dev.lockstep.chaos.cluster;

import dev.lockstep.process.GuardedProcess;
import dev.lockstep.process.MariaDbPrograms;
import dev.lockstep.process.MariaDbServer;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * A MariaDB server whose commits are on disk when they return, which clients can't ask for by
 * themselves. The agent has the nodes ask for a time that is ours.
 */
public final class MariaDb extends ClusterDatabase {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** The clock has a database of its own, which is there before the nodes' tables are. */
    private static final String[] DATABASES = {
        "CREATE DATABASE sessions",
        "CREATE DATABASE chaos",
        "CREATE TABLE chaos.clock (ahead BIGINT NOT NULL) ENGINE = InnoDB",
        "INSERT INTO chaos.clock VALUES (0)"
    };

    private MariaDb(Path directory) throws IOException {
        super(directory, "mariadb");
    }

    /** Makes a new, empty database and starts it. */
    static MariaDb create(Path directory) throws IOException, InterruptedException {
        MariaDb server = new MariaDb(directory);
        MariaDbPrograms.initialize(server.data());
        server.start();
        try (Connection connection = server.connect("");
                Statement statement = connection.createStatement()) {
            for (String sql : DATABASES) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new IOException(e);
        }
        return server;
    }

    @Override
    String url(int port) {
        return MariaDbServer.url(port, "sessions") + "&connectTimeout=5000&socketTimeout=20000";
    }

    @Override
    String user() {
        return "root";
    }

    @Override
    public void start() throws IOException, InterruptedException {
        GuardedProcess process =
                run(MariaDbPrograms.server(data(), "--port=" + port(), "--innodb-flush-log-at-trx-commit=1"));
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!answers()) {
            if (!process.isAlive() || System.nanoTime() - end > 0) {
                throw new IOException("MariaDB does not start, see " + log());
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    @Override
    public String randomUuid() {
        return "UUID()";
    }

    @Override
    public void setClock(long millisAhead) throws SQLException, InterruptedException {
        execute("UPDATE chaos.clock SET ahead = " + millisAhead);
    }

    /**
     * Closes all tables and keeps everybody from writing, as a backup does, until the connection is
     * closed.
     */
    public Connection keepFromWriting() throws SQLException {
        Connection connection = connect();
        try (Statement statement = connection.createStatement()) {
            statement.execute("FLUSH TABLES WITH READ LOCK");
        }
        return connection;
    }

    @Override
    public Connection connect() throws SQLException {
        return DriverManager.getConnection(url(port()));
    }

    private Connection connect(String database) throws SQLException {
        return DriverManager.getConnection(MariaDbServer.url(port(), database));
    }

    private boolean answers() {
        try (Connection connection = connect("")) {
            return connection.isValid(1);
        } catch (SQLException e) {
            return false;
        }
    }
}
