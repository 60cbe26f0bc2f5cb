package dev.lockstep.chaos.cluster;

import dev.lockstep.chaos.node.H2Main;
import dev.lockstep.process.GuardedProcess;
import dev.lockstep.process.Jdk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;

/** An H2 database in a server process. */
final class H2Server extends ClusterDatabase {

    private static final String NAME = "sessions";

    private final Path agent;

    private H2Server(Path directory, Path agent) throws IOException {
        super(directory, "h2");
        this.agent = agent;
    }

    /** @param agent the agent, which can move the server's clock */
    static H2Server create(Path directory, Path agent) throws IOException {
        H2Server server = new H2Server(directory, agent);
        Files.createDirectories(server.data());
        server.start();
        return server;
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
        GuardedProcess process = run(List.of(
                Jdk.program("java"),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-javaagent:" + agent,
                "-Dh2.bindAddress=127.0.0.1",
                "-cp",
                System.getProperty("java.class.path"),
                H2Main.class.getName(),
                Integer.toString(port()),
                data().toString()));
        String line = process.readLine();
        if (!line.equals("READY")) {
            throw new IOException("H2 does not start: " + line + ", see " + log());
        }
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
    public Connection connect() throws SQLException {
        return DriverManager.getConnection(url(port()), user(), "");
    }
}
