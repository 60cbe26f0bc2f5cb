package dev.lockstep.demo.launcher;

import java.math.BigInteger;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import org.h2.tools.Server;

/**
 * The one database of both nodes: H2, served by this JVM on loopback, on a port that the system
 * picks. Whoever connects must know the password, which is new each time; nobody can create further
 * databases. Thread-safe.
 */
final class SharedDatabase implements AutoCloseable {

    private static final String USER = "demo";

    private final Server server;
    private final Connection keepsItOpen;
    private final String password;

    private SharedDatabase(Server server, Connection keepsItOpen, String password) {
        this.server = server;
        this.keepsItOpen = keepsItOpen;
        this.password = password;
    }

    static SharedDatabase create(Path directory) throws SQLException {
        System.setProperty("h2.bindAddress", "127.0.0.1");
        String password = new BigInteger(128, new SecureRandom()).toString(36);
        String file = "jdbc:h2:file:" + directory.resolve("sessions") + ";DB_CLOSE_ON_EXIT=FALSE";
        Connection connection = DriverManager.getConnection(file, USER, password);
        Server server = Server.createTcpServer("-tcpPort", "0", "-tcpDaemon", "-baseDir", directory.toString());
        return new SharedDatabase(server.start(), connection, password);
    }

    /** What the nodes need to know, as {@code server/boot.txt} asks for it. */
    Map<String, String> environment() {
        return Map.of(
                "DEMO_DATABASE_URL", "jdbc:h2:tcp://127.0.0.1:" + server.getPort() + "/./sessions",
                "DEMO_DATABASE_USER", USER,
                "DEMO_DATABASE_PASSWORD", password);
    }

    @Override
    public void close() throws SQLException {
        server.stop();
        keepsItOpen.close();
    }
}
