package dev.lockstep.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A PgBouncer in front of a PostgreSQL server of this machine, by the program that Debian's package
 * {@code pgbouncer} brings. For one thread at a time.
 */
public final class PgBouncer extends ServerProcess {

    private static final String PROGRAM = "/usr/sbin/pgbouncer";

    private static final String CONFIGURATION = """
            [databases]
            * = host=127.0.0.1 port=%d user=postgres
            [pgbouncer]
            listen_addr = 127.0.0.1
            listen_port = %d
            unix_socket_dir =
            auth_type = any
            ignore_startup_parameters = extra_float_digits
            pool_mode = %s
            """;

    private PgBouncer(Path folder) throws IOException {
        super(folder);
    }

    /**
     * Starts one that listens.
     *
     * @param port the server's
     * @param mode for how long a client keeps a connection: {@code session}, or {@code transaction}
     */
    public static PgBouncer start(int port, String mode) throws IOException {
        PgBouncer bouncer = new PgBouncer(DatabaseServer.newFolder("pgbouncer"));
        Files.writeString(bouncer.configuration(), CONFIGURATION.formatted(port, bouncer.port(), mode), UTF_8);
        bouncer.start();
        bouncer.awaitListening();
        return bouncer;
    }

    /** Without statements that the driver has prepared, which need more of a pooler. */
    public String url(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port() + "/" + database + "?prepareThreshold=0";
    }

    @Override
    protected List<String> command() {
        List<String> command = PostgresPrograms.asNobody(PROGRAM);
        command.add(configuration().toString());
        return command;
    }

    private Path configuration() {
        return folder().resolve("pgbouncer.ini");
    }
}
