package dev.lockstep.chaos.cluster;

import dev.lockstep.chaos.node.H2Main;
import dev.lockstep.contract.Ports;
import dev.lockstep.process.GuardedProcess;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;

/** An H2 database in a server process. */
final class H2Server extends Database {

    private static final String NAME = "sessions";

    private final Path data;
    private final Path copy;
    private final File log;
    private final Path agent;
    private final int port;
    private GuardedProcess process;

    private H2Server(Path directory, Path agent) throws IOException {
        this.port = Ports.free();
        this.data = directory.resolve("h2-data");
        this.copy = directory.resolve("h2-copy");
        this.log = directory.resolve("h2.log").toFile();
        this.agent = agent;
    }

    /** @param agent the agent, which can move the server's clock */
    static H2Server create(Path directory, Path agent) throws IOException {
        H2Server server = new H2Server(directory, agent);
        Files.createDirectories(server.data);
        server.start();
        return server;
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    String url(int port) {
        return "jdbc:h2:tcp://127.0.0.1:" + port + "/./" + NAME;
    }

    @Override
    String user() {
        return "sa";
    }

    @Override
    public void start() throws IOException {
        process = GuardedProcess.start(
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-javaagent:" + agent,
                        "-Dh2.bindAddress=127.0.0.1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        H2Main.class.getName(),
                        Integer.toString(port),
                        data.toString()),
                log);
        String line = process.readLine();
        if (!line.equals("READY")) {
            throw new IOException("H2 does not start: " + line + ", see " + log);
        }
    }

    @Override
    public void kill() {
        process.kill();
    }

    @Override
    public void pause() {
        process.stop();
    }

    @Override
    public void resume() {
        process.resume();
    }

    @Override
    public void takeCopy() throws IOException {
        Directories.delete(copy);
        Directories.copy(data, copy);
    }

    @Override
    public void goBackToCopy() throws IOException {
        Directories.delete(data);
        Directories.copy(copy, data);
    }

    @Override
    public String randomUuid() {
        return "RANDOM_UUID()";
    }

    @Override
    public void setClock(long millisAhead) throws SQLException, InterruptedException {
        execute(
                "CREATE ALIAS IF NOT EXISTS chaos_clock FOR 'dev.lockstep.chaos.agent.WallClock.set'",
                "CALL chaos_clock(" + millisAhead + ")");
    }

    @Override
    Connection connect() throws SQLException {
        return DriverManager.getConnection(url(port), user(), "");
    }

    @Override
    public void close() {
        if (process != null) {
            process.close();
        }
    }
}
