package dev.lockstep.chaos.cluster;

import dev.lockstep.process.Directories;
import dev.lockstep.process.PostgresPrograms;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A PostgreSQL server with fsync on. Every statement sees functions that tell a clock of ours, in
 * place of those that tell the machine's.
 */
public final class ClusterPostgres extends PostgresProcess {

    /** Found before those of the catalogue; stable and volatile as those are. */
    private static final String[] CLOCK = {
        "CREATE SCHEMA chaos",
        "CREATE TABLE chaos.clock (ahead INTERVAL NOT NULL)",
        "INSERT INTO chaos.clock VALUES ('0')",
        "CREATE FUNCTION chaos.statement_timestamp() RETURNS TIMESTAMPTZ LANGUAGE sql STABLE"
                + " AS 'SELECT pg_catalog.statement_timestamp() + ahead FROM chaos.clock'",
        "CREATE FUNCTION chaos.now() RETURNS TIMESTAMPTZ LANGUAGE sql STABLE"
                + " AS 'SELECT pg_catalog.now() + ahead FROM chaos.clock'",
        "CREATE FUNCTION chaos.clock_timestamp() RETURNS TIMESTAMPTZ LANGUAGE sql VOLATILE"
                + " AS 'SELECT pg_catalog.clock_timestamp() + ahead FROM chaos.clock'",
        "ALTER DATABASE postgres SET search_path = public, chaos, pg_catalog"
    };

    private final Path directory;
    private final String synchronousCommit;

    private ClusterPostgres(Path directory, String synchronousCommit) throws IOException {
        super(directory, "postgres");
        this.directory = directory;
        this.synchronousCommit = synchronousCommit;
    }

    /**
     * Makes a new, empty database and starts it.
     *
     * @param synchronousCommit what the server does where nobody asks for more
     */
    public static ClusterPostgres create(Path directory, String synchronousCommit)
            throws IOException, InterruptedException {
        ClusterPostgres postgres = new ClusterPostgres(directory, synchronousCommit);
        PostgresPrograms.initialize(postgres.data(), "--locale=C", "--wal-segsize=1");
        postgres.start();
        try {
            postgres.execute(CLOCK);
        } catch (SQLException e) {
            throw new IOException(e);
        }
        return postgres;
    }

    /**
     * For new connections the machine's clock counts again, which costs nothing. Not to be set any
     * more.
     */
    void tellItsOwnTime() throws IOException, InterruptedException {
        try {
            execute("ALTER DATABASE postgres RESET search_path");
        } catch (SQLException e) {
            throw new IOException(e);
        }
    }

    @Override
    public void setClock(long millisAhead) throws SQLException, InterruptedException {
        execute("UPDATE chaos.clock SET ahead = " + millisAhead + " * INTERVAL '1 ms'");
    }

    /**
     * Makes a standby of this server, and from then on commits wait for it, where they wait for
     * this server's disk. Returns when everything that was committed so far is on the standby too.
     */
    public ClusterPostgres beginStandby() throws IOException, SQLException, InterruptedException {
        ClusterPostgres standby = new ClusterPostgres(directory, synchronousCommit);
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute("SELECT pg_backup_start('standby', true)");
            Directories.copyRunning(
                    data(), standby.data(), path -> !path.startsWith("pg_wal/") && !path.equals("postmaster.pid"));
            Files.writeString(standby.data().resolve("backup_label"), label(statement));
        }
        Files.writeString(
                standby.data().resolve("postgresql.auto.conf"),
                "primary_conninfo = 'host=127.0.0.1 port=" + port() + " user=postgres'\n");
        Files.createFile(standby.data().resolve("standby.signal"));
        standby.start();
        require("synchronous_standby_names = '*'");
        while (!one("SELECT count(*) FROM pg_stat_replication WHERE sync_state = 'sync'")
                .equals("1")) {
            TimeUnit.MILLISECONDS.sleep(50);
        }
        setClock(0); // a commit, which waits for the standby to have it and all before
        return standby;
    }

    /** Ends what {@link #beginStandby} began; the standby must be promoted or gone. */
    public void forgetStandby() throws SQLException, InterruptedException {
        require("synchronous_standby_names = ''");
    }

    /** Makes this standby the primary; returns when it is. */
    public void promote() throws SQLException, InterruptedException {
        if (!one("SELECT pg_promote(true, 60)").equals("t")) {
            throw new SQLException("the standby could not be promoted, see " + log());
        }
    }

    public void pauseReplay() throws SQLException, InterruptedException {
        one("SELECT pg_wal_replay_pause()");
    }

    public void resumeReplay() throws SQLException, InterruptedException {
        one("SELECT pg_wal_replay_resume()");
    }

    /** Ends it, and deletes its files. */
    public void retire() throws IOException {
        kill();
        close();
        Directories.delete(data());
    }

    private void require(String setting) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute("ALTER SYSTEM SET " + setting);
            statement.execute("SELECT pg_reload_conf()");
        }
    }

    private static String label(Statement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery("SELECT labelfile FROM pg_backup_stop(false)")) {
            row.next();
            return row.getString(1);
        }
    }

    @Override
    public void start() throws IOException, InterruptedException {
        start(
                PostgresPrograms.command("postgres"),
                List.of(
                        "listen_addresses=127.0.0.1",
                        "unix_socket_directories=",
                        "fsync=on",
                        "recovery_init_sync_method=syncfs",
                        "synchronous_commit=" + synchronousCommit,
                        "wal_writer_delay=10s",
                        "wal_keep_size=128MB",
                        "max_connections=150",
                        "shared_buffers=32MB",
                        "max_wal_size=64MB",
                        "logging_collector=off"));
    }

    @Override
    public Connection connect() throws SQLException {
        return DriverManager.getConnection(url(port()) + "&options=-c%20synchronous_commit=on", user(), "");
    }
}
