package dev.lockstep.chaos.cluster;

import dev.lockstep.process.Directories;
import dev.lockstep.process.GuardedProcess;
import dev.lockstep.process.Ports;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The database server that the nodes keep their sessions in, as a process of ours that can be
 * killed, stopped, started again, copied and set back. Used by one thread at a time.
 */
public abstract class ClusterDatabase implements AutoCloseable {

    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);

    private final int port;
    private final Path data;
    private final Path copy;
    private final File log;
    private GuardedProcess process;

    /**
     * @param directory where its files are, among those of others
     * @param name what they are named after
     */
    ClusterDatabase(Path directory, String name) throws IOException {
        this.port = Ports.free();
        this.data = directory.resolve(name + "-data-" + port);
        this.copy = directory.resolve(name + "-copy");
        this.log = directory.resolve(name + ".log").toFile();
    }

    /** Where it listens. */
    public final int port() {
        return port;
    }

    /** The directory that {@link #takeCopy} copies. */
    final Path data() {
        return data;
    }

    final File log() {
        return log;
    }

    /** How a node reaches it through a port of this machine. */
    abstract String url(int port);

    abstract String user();

    /** Starts it, and waits until it answers. */
    public abstract void start() throws IOException, InterruptedException;

    /** Starts its process, which ends with this JVM at the latest. */
    final GuardedProcess run(List<String> command) throws IOException {
        process = GuardedProcess.start(command, log);
        return process;
    }

    /** kill -9, children included. */
    public final void kill() {
        process.kill();
    }

    public final void pause() {
        process.stop();
    }

    public final void resume() {
        process.resume();
    }

    /** Keeps a copy of the files; the server must not be running. */
    public final void takeCopy() throws IOException {
        Directories.delete(copy);
        Directories.copy(data, copy);
    }

    /** Goes back to the copy; the server must not be running. */
    public final void goBackToCopy() throws IOException {
        Directories.delete(data);
        Directories.copy(copy, data);
    }

    /** The expression for a random UUID. */
    public abstract String randomUuid();

    /**
     * Sets the clock that the server tells in statements wrong, until it is told otherwise or
     * restarted.
     */
    public abstract void setClock(long millisAhead) throws SQLException, InterruptedException;

    /** Past all proxies. */
    public abstract Connection connect() throws SQLException;

    @Override
    public final void close() {
        if (process != null) {
            process.close();
        }
    }

    /**
     * Runs statements in one transaction, past all proxies; again for a while if the server is
     * away.
     */
    public void execute(String... statements) throws SQLException, InterruptedException {
        patiently(connection -> {
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement()) {
                for (String sql : statements) {
                    statement.execute(sql);
                }
            }
            connection.commit();
            return true;
        });
    }

    /**
     * Commits something, which brings what was committed before to the disk. Without it a crash
     * could take the tables of a product that waits for no disk, and such a run would show nothing.
     */
    public final void makeTablesDurable() throws SQLException, InterruptedException {
        execute("CREATE TABLE made_durable (id INT)");
    }

    /** The first column of a query's first row. */
    public String one(String query) throws SQLException, InterruptedException {
        return patiently(connection -> {
            try (Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery(query)) {
                if (!row.next()) {
                    throw new SQLException("no row: " + query);
                }
                return row.getString(1);
            }
        });
    }

    private <T> T patiently(Work<T> work) throws SQLException, InterruptedException {
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (true) {
            try (Connection connection = connect()) {
                return work.on(connection);
            } catch (SQLException e) {
                if (System.nanoTime() - end > 0) {
                    throw e;
                }
                TimeUnit.MILLISECONDS.sleep(200);
            }
        }
    }

    private interface Work<T> {
        T on(Connection connection) throws SQLException;
    }
}
