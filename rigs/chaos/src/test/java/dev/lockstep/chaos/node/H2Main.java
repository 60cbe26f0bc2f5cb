package dev.lockstep.chaos.node;

import java.sql.SQLException;
import org.h2.tools.Server;

/** The process of an H2 server: {@code <port> <directory>}. Says {@code READY} when it listens. */
public final class H2Main {

    private H2Main() {}

    public static void main(String[] arguments) throws SQLException {
        Server.createTcpServer("-tcpPort", arguments[0], "-baseDir", arguments[1], "-ifNotExists")
                .start();
        System.out.println("READY");
    }
}
