package dev.lockstep.it.cluster;

import java.nio.file.Path;
import java.sql.SQLException;
import org.h2.tools.Server;

/** A database that nodes share, served by the JVM of the test on loopback. */
public final class SharedH2 implements AutoCloseable {

    /** H2 asserts that nobody is in the middle of a statement when it is stopped. */
    static {
        SharedH2.class.getClassLoader().setPackageAssertionStatus("org.h2", false);
    }

    private final Server server;

    private SharedH2(Server server) {
        this.server = server;
    }

    public static SharedH2 start(Path directory) throws SQLException {
        return start(directory, 0);
    }

    /** The same on a port that is known: what was stopped can be there again. */
    public static SharedH2 start(Path directory, int port) throws SQLException {
        System.setProperty("h2.bindAddress", "127.0.0.1");
        return new SharedH2(Server.createTcpServer(
                        "-tcpPort",
                        String.valueOf(port),
                        "-tcpDaemon",
                        "-ifNotExists",
                        "-baseDir",
                        directory.toString())
                .start());
    }

    public int port() {
        return server.getPort();
    }

    public String url() {
        return "jdbc:h2:tcp://127.0.0.1:" + server.getPort() + "/./sessions";
    }

    @Override
    public void close() {
        server.stop();
    }
}
