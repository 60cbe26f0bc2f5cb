package dev.lockstep.it.cluster;

import java.nio.file.Path;
import java.sql.SQLException;
import org.h2.tools.Server;

/** A database that nodes share, served by the JVM of the test on loopback. */
final class SharedH2 implements AutoCloseable {

    private final Server server;

    private SharedH2(Server server) {
        this.server = server;
    }

    static SharedH2 start(Path directory) throws SQLException {
        System.setProperty("h2.bindAddress", "127.0.0.1");
        return new SharedH2(
                Server.createTcpServer("-tcpPort", "0", "-tcpDaemon", "-ifNotExists", "-baseDir", directory.toString())
                        .start());
    }

    String url() {
        return "jdbc:h2:tcp://127.0.0.1:" + server.getPort() + "/./sessions";
    }

    @Override
    public void close() {
        server.stop();
    }
}
