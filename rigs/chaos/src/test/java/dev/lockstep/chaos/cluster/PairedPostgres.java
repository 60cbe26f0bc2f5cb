package dev.lockstep.chaos.cluster;

import dev.lockstep.docs.Block;
import dev.lockstep.process.Directories;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * One server of a {@link PostgresPair}, with fsync on. What is done to it is what
 * docs/howto/postgresql-ha.md prints.
 */
public final class PairedPostgres extends PostgresProcess {

    private static final Block SETTINGS = Block.printed("docs/howto/postgresql-ha.md", "ini", 1);
    private static final Block BASE_BACKUP = Block.printed("docs/howto/postgresql-ha.md", "sh", 1);
    private static final Block PROMOTION = Block.printed("docs/howto/postgresql-ha.md", "sh", 2);
    private static final Block REWINDING = Block.printed("docs/howto/postgresql-ha.md", "sh", 3);

    private final String name;
    private final boolean synchronous;

    /** @param name as the how-to calls its machine */
    PairedPostgres(Path directory, String name, boolean synchronous) throws IOException {
        super(directory, name);
        this.name = name;
        this.synchronous = synchronous;
    }

    String name() {
        return name;
    }

    /** Makes an empty database and starts it. */
    void begin() throws IOException, InterruptedException {
        InstalledPostgres.run(
                "initdb",
                "-A",
                "trust",
                "-U",
                "postgres",
                "-E",
                "UTF-8",
                "--locale=C",
                "--wal-segsize=1",
                "-D",
                data().toString());
        Files.writeString(data().resolve("postgresql.conf"), SETTINGS.text(), StandardOpenOption.APPEND);
        start();
    }

    /** Makes it a standby by copying the primary, and starts it. */
    void copyAndFollow(PairedPostgres primary) throws IOException, InterruptedException {
        Directories.delete(data());
        InstalledPostgres.runPrinted(BASE_BACKUP.text(), dataVariable(), wayTo(primary));
        start();
    }

    /** Makes a former primary, which does not run, a standby; what only it had is lost. */
    void rewindAndFollow(PairedPostgres primary) throws IOException, InterruptedException {
        InstalledPostgres.runPrinted(REWINDING.text(), dataVariable(), wayTo(primary));
        start();
    }

    /** Makes a standby the primary; returns when it is. */
    void promote() throws IOException, InterruptedException {
        InstalledPostgres.runPrinted(PROMOTION.text(), dataVariable());
    }

    /** Stops it as an operator does: a standby that follows has everything by then. */
    public void stop() throws IOException, InterruptedException {
        InstalledPostgres.run("pg_ctl", "stop", "--mode=fast", "-D", data().toString());
        kill();
    }

    private String dataVariable() {
        return "PGDATA=" + data();
    }

    private String wayTo(PairedPostgres primary) {
        return "PRIMARY=host=127.0.0.1 port=" + primary.port() + " user=postgres application_name=" + name;
    }

    @Override
    public void setClock(long millisAhead) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void start() throws IOException, InterruptedException {
        List<String> settings = new ArrayList<>(List.of(
                "listen_addresses=127.0.0.1",
                "unix_socket_directories=",
                "fsync=on",
                "wal_retrieve_retry_interval=500ms",
                "max_connections=150",
                "shared_buffers=32MB",
                "max_wal_size=64MB",
                "logging_collector=off"));
        if (!synchronous) {
            settings.add("synchronous_standby_names=");
        }
        start(InstalledPostgres.command("postgres"), settings);
    }

    @Override
    public Connection connect() throws SQLException {
        return DriverManager.getConnection(url(port()), user(), "");
    }
}
