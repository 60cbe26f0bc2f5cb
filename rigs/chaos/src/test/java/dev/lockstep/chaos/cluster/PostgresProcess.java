package dev.lockstep.chaos.cluster;

import dev.lockstep.process.GuardedProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A PostgreSQL server, wherever its programs are from. */
abstract class PostgresProcess extends ClusterDatabase {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    PostgresProcess(Path directory, String name) throws IOException {
        super(directory, name);
    }

    @Override
    final String url(int port) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/postgres?connectTimeout=5&socketTimeout=20";
    }

    @Override
    final String user() {
        return "postgres";
    }

    @Override
    public final String randomUuid() {
        return "gen_random_uuid()";
    }

    /**
     * Starts it, and waits until it answers. It ends at once, and is started again, where a child
     * of its killed predecessor is not gone yet.
     *
     * @param command its beginning
     */
    final void start(List<String> command, List<String> settings) throws IOException, InterruptedException {
        command.addAll(List.of("-D", data().toString(), "-p", Integer.toString(port())));
        settings.forEach(setting -> command.addAll(List.of("-c", setting)));
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!answers(run(command))) {
            if (System.nanoTime() - end > 0) {
                throw new IOException("PostgreSQL does not start, see " + log());
            }
            TimeUnit.MILLISECONDS.sleep(200);
        }
    }

    private boolean answers(GuardedProcess started) throws InterruptedException {
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
}
