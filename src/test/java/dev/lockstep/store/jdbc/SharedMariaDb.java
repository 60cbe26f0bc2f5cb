package dev.lockstep.store.jdbc;

import dev.lockstep.process.MariaDbServer;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestPlan;

/**
 * One MariaDB server for all tests of a JVM, started for the first that needs it, which ends with
 * the last of them. It writes what is committed once a second. Thread-safe.
 */
public final class SharedMariaDb implements TestExecutionListener {

    private static @Nullable MariaDbServer server;

    static synchronized MariaDbServer server() {
        MariaDbServer running = server;
        if (running == null) {
            running = start();
            server = running;
        }
        return running;
    }

    @Override
    public void testPlanExecutionFinished(TestPlan plan) {
        close();
    }

    private static synchronized void close() {
        MariaDbServer running = server;
        server = null;
        if (running != null) {
            running.close();
        }
    }

    private static MariaDbServer start() {
        try {
            return MariaDbServer.start(Map.of("innodb-flush-log-at-trx-commit", "0"));
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
