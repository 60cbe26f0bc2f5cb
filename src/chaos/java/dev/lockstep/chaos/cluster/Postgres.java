package dev.lockstep.chaos.cluster;

import dev.lockstep.contract.Ports;
import dev.lockstep.process.GuardedProcess;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A PostgreSQL server that keeps what it has committed (fsync and synchronous commit are on), as a process of ours that
 * can be killed, stopped, started again, copied and set back. Used by one thread at a time.
 */
public final class Postgres implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Path binaries;
    private final Path data;
    private final Path copy;
    private final File log;
    private final int port;
    private GuardedProcess process;

    private Postgres(Path binaries, Path directory, int port) {
        this.binaries = binaries;
        this.data = directory.resolve("postgres-data");
        this.copy = directory.resolve("postgres-copy");
        this.log = directory.resolve("postgres.log").toFile();
        this.port = port;
    }

    /** Makes a new, empty database and starts it. */
    public static Postgres create(Path binaries, Path directory) throws IOException, InterruptedException {
        Postgres postgres = new Postgres(PostgresBinaries.unpack(binaries), directory, Ports.free());
        postgres.initialize();
        postgres.start();
        return postgres;
    }

    public int port() {
        return port;
    }

    /** Starts it, and waits until it answers. */
    public void start() throws IOException, InterruptedException {
        List<String> command = command("postgres");
        command.addAll(List.of("-D", data.toString(), "-p", Integer.toString(port)));
        for (String setting : List.of(
                "listen_addresses=127.0.0.1",
                "unix_socket_directories=",
                "fsync=on",
                "synchronous_commit=on",
                "max_connections=150",
                "shared_buffers=32MB",
                "max_wal_size=64MB",
                "logging_collector=off")) {
            command.addAll(List.of("-c", setting));
        }
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!answers(GuardedProcess.start(command, log))) {
            if (System.nanoTime() - end > 0) {
                throw new IOException("PostgreSQL does not start, see " + log);
            }
            TimeUnit.MILLISECONDS.sleep(200);
        }
    }

    /** kill -9, of the postmaster and all its children. */
    public void kill() {
        process.kill();
    }

    public void pause() {
        process.stop();
    }

    public void resume() {
        process.resume();
    }

    /** Keeps a copy of the files; the server must not be running. */
    public void takeCopy() throws IOException {
        Directories.delete(copy);
        Directories.copy(data, copy);
    }

    /** Goes back to the copy; the server must not be running. */
    public void goBackToCopy() throws IOException {
        Directories.delete(data);
        Directories.copy(copy, data);
    }

    /** Runs statements in one transaction, past all proxies; again for a while if the server is away. */
    public void execute(String... statements) throws SQLException, InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                executeOnce(statements);
                return;
            } catch (SQLException e) {
                if (System.nanoTime() - end > 0) {
                    throw e;
                }
                TimeUnit.MILLISECONDS.sleep(200);
            }
        }
    }

    private void executeOnce(String... statements) throws SQLException {
        try (Connection connection = connect()) {
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement()) {
                for (String sql : statements) {
                    statement.execute(sql);
                }
            }
            connection.commit();
        }
    }

    @Override
    public void close() {
        if (process != null) {
            process.close();
        }
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + port + "/postgres?connectTimeout=5&socketTimeout=20", "postgres", "");
    }

    private void initialize() throws IOException, InterruptedException {
        List<String> command = command("initdb");
        command.addAll(List.of(
                "-A",
                "trust",
                "-U",
                "postgres",
                "-E",
                "UTF-8",
                "--locale=C",
                "--wal-segsize=1",
                "--no-sync",
                "-D",
                data.toString()));
        Files.createDirectories(data);
        int exit = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log)
                .start()
                .waitFor();
        if (exit != 0) {
            throw new IOException("initdb failed, see " + log);
        }
    }

    /** It ends at once, and is to be started again, where a child of its killed predecessor is not gone yet. */
    private boolean answers(GuardedProcess started) throws InterruptedException {
        process = started;
        while (started.isAlive()) {
            try (Connection connection = connect()) {
                return true;
            } catch (SQLException e) {
                TimeUnit.MILLISECONDS.sleep(50);
            }
        }
        started.close();
        return false;
    }

    /** PostgreSQL refuses to be run by root: then it runs as nobody, in a user namespace of its own. */
    private List<String> command(String program) {
        List<String> command = new ArrayList<>();
        if (System.getProperty("user.name").equals("root")) {
            command.addAll(List.of("unshare", "-U"));
        }
        command.add(binaries.resolve("bin").resolve(program).toString());
        return command;
    }
}
