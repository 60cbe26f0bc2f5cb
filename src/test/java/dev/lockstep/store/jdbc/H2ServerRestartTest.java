package dev.lockstep.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.SessionCopy;
import dev.lockstep.contract.Samples;
import dev.lockstep.process.Ports;
import dev.lockstep.spi.NodeListener;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.h2.tools.Server;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An H2 server that restarts behind our own pool: what is dead in the pool is given to nobody
 * twice.
 */
class H2ServerRestartTest {

    private static final int AT_ONCE = 12;

    @TempDir
    private Path directory;

    @Test
    void everyCallSucceedsOnceTheServerIsBack() throws Exception {
        int port = Ports.free();
        Server server = start(port);
        ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
        try (StoreDataSource pool =
                        StoreDataSource.pooled("jdbc:h2:tcp://127.0.0.1:" + port + "/./sessions", "sa", "", 16);
                JdbcStore store =
                        JdbcStore.open(pool, "/restarts", StoreSettings.DEFAULTS, Thread::new, NodeListener.NONE)) {
            SessionCopy copy = store.open(Samples.session("alice"));
            for (int round = 0; round < 5; round++) {
                finds(store, copy, threads); // all of the pool was in use a moment ago
                server.stop();
                server = start(port);
                finds(store, copy, threads);
            }
        } finally {
            threads.shutdownNow();
            server.stop();
        }
    }

    private static void finds(JdbcStore store, SessionCopy copy, ExecutorService threads) throws Exception {
        List<Callable<SessionCopy>> calls = new ArrayList<>();
        for (int i = 0; i < 5 * AT_ONCE; i++) {
            calls.add(() -> store.find(copy.digest()));
        }
        for (Future<SessionCopy> found : threads.invokeAll(calls)) {
            assertThat(found.get()).isEqualTo(copy);
        }
    }

    private Server start(int port) throws Exception {
        return Server.createTcpServer(
                        "-tcpPort", String.valueOf(port), "-baseDir", directory.toString(), "-ifNotExists")
                .start();
    }
}
