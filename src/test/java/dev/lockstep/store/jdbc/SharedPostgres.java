package dev.lockstep.store.jdbc;

import dev.lockstep.process.PostgresServer;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestPlan;

/**
 * One PostgreSQL server for all tests of a JVM, started for the first that needs it. It ends with
 * the last of them, not with the JVM: to delete the files of all its databases takes longer than a
 * JVM of tests is given to end. Thread-safe.
 */
public final class SharedPostgres implements TestExecutionListener {

    private static @Nullable PostgresServer server;

    static synchronized PostgresServer server() {
        PostgresServer running = server;
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
        PostgresServer running = server;
        server = null;
        if (running != null) {
            running.close();
        }
    }

    private static PostgresServer start() {
        try {
            return PostgresServer.start(Map.of());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
