package dev.lockstep.store.jdbc;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestPlan;

/**
 * One PostgreSQL server for all tests of a JVM, started for the first that needs it. It ends with the last of them, not
 * with the JVM: to delete the files of all its databases takes longer than a JVM of tests is given to end. Thread-safe.
 */
public final class SharedPostgres implements TestExecutionListener {

    private static @Nullable EmbeddedPostgres server;

    static synchronized EmbeddedPostgres server() {
        EmbeddedPostgres running = server;
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
        EmbeddedPostgres running = server;
        server = null;
        if (running != null) {
            try {
                running.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static EmbeddedPostgres start() {
        try {
            return EmbeddedPostgres.builder()
                    .setServerConfig("listen_addresses", "127.0.0.1")
                    .setServerConfig("max_connections", "300")
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
