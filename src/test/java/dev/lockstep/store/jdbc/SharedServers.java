package dev.lockstep.store.jdbc;

import dev.lockstep.process.MariaDbServer;
import dev.lockstep.process.PostgresServer;
import dev.lockstep.process.ServerProcess;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestPlan;

/**
 * Database servers for all tests of a JVM, each started for the first that needs it. They end with
 * the last of the tests, not with the JVM: to delete the files of all databases takes longer than a
 * JVM of tests is given to end. Thread-safe.
 */
public final class SharedServers implements TestExecutionListener {

    private static final Shared<PostgresServer> POSTGRES = new Shared<>(() -> PostgresServer.start(Map.of()));

    /** Writes what is committed once a second. */
    private static final Shared<MariaDbServer> MARIADB =
            new Shared<>(() -> MariaDbServer.start(Map.of("innodb-flush-log-at-trx-commit", "0")));

    static PostgresServer postgres() {
        return POSTGRES.running();
    }

    static MariaDbServer mariaDb() {
        return MARIADB.running();
    }

    @Override
    public void testPlanExecutionFinished(TestPlan plan) {
        POSTGRES.close();
        MARIADB.close();
    }

    private static final class Shared<S extends ServerProcess> {

        private final Callable<S> start;
        private @Nullable S server;

        Shared(Callable<S> start) {
            this.start = start;
        }

        synchronized S running() {
            S running = server;
            if (running == null) {
                try {
                    running = start.call();
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
                server = running;
            }
            return running;
        }

        synchronized void close() {
            S running = server;
            server = null;
            if (running != null) {
                running.close();
            }
        }
    }
}
