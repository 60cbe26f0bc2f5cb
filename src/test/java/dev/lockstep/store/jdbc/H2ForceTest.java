package dev.lockstep.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.lockstep.SessionCopy;
import dev.lockstep.contract.Concurrently;
import dev.lockstep.contract.Samples;
import dev.lockstep.spi.LogPosition;
import dev.lockstep.spi.RevocationTarget.OfId;
import dev.lockstep.spi.RevocationTarget.OfToken;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the promise rests on is on the disk when a call returns. */
class H2ForceTest {

    @TempDir
    Path directory;

    private HikariDataSource dataSource;
    private JdbcStore store;

    @BeforeEach
    void open() {
        ForcedFiles.register();
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl("jdbc:h2:forced:" + directory.resolve("store"));
        config.setUsername("sa");
        config.setMaximumPoolSize(16);
        dataSource = new HikariDataSource(config);
        store = JdbcStore.open(
                dataSource,
                "/shop",
                StoreSettings.DEFAULTS.withTimeout(Duration.ofSeconds(30)),
                Executors.defaultThreadFactory());
        ForcedFiles.forced();
    }

    @AfterEach
    void close() {
        store.close();
        dataSource.close();
    }

    @Test
    void whatMustNotBeLostIsForcedBeforeTheCallReturns() {
        SessionCopy copy = store.open(Samples.session("alice"));
        assertForced("open");
        store.rotate(copy.digest(), Samples.digest());
        assertForced("rotate");
        store.revoke(List.of(new OfId(copy.session().id())));
        assertForced("revoke");
        store.announce(List.of(new OfId("gone")));
        assertForced("announce");
        store.register("n1", "node", Duration.ofSeconds(2));
        assertForced("register");
        store.fence(List.of("n1"));
        assertForced("fence");
        store.startEpoch(store.nodes().head());
        assertForced("startEpoch");
    }

    @Test
    void whatMayBeLostCostsNothing() {
        SessionCopy copy = store.open(Samples.session("alice"));
        store.register("n1", "node", Duration.ofSeconds(2));
        LogPosition head = store.nodes().head();
        ForcedFiles.forced();

        store.find(copy.digest());
        store.list("alice");
        store.touch(copy.digest(), Duration.ZERO);
        store.poll("n1", head, 10);
        store.acknowledge("n1", new LogPosition(head.epoch(), 1));
        store.remove(List.of("n1"));

        assertThat(ForcedFiles.forced()).isZero();
    }

    /**
     * The commits that come while the disk is busy wait for the same force. H2 opens no connection
     * meanwhile.
     */
    @Test
    void aForceServesAllThatWasCommittedBefore() throws Exception {
        List<SessionCopy> copies = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            copies.add(store.open(Samples.session("alice")));
        }
        Awaitility.await().until(() -> dataSource.getHikariPoolMXBean().getIdleConnections() == 16);
        ForcedFiles.forced();
        List<Future<?>> calls = new ArrayList<>();
        try (Concurrently concurrently = new Concurrently()) {
            ForcedFiles.DISK.lock();
            try {
                calls.add(concurrently.start(
                        () -> store.revoke(List.of(new OfToken(copies.get(0).digest())))));
                Awaitility.await().until(ForcedFiles.DISK::hasQueuedThreads);
                calls.add(concurrently.start(
                        () -> store.revoke(List.of(new OfToken(copies.get(1).digest())))));
                calls.add(concurrently.start(() -> store.open(Samples.session("bob"))));
                Awaitility.await()
                        .until(() -> store.find(copies.get(1).digest()) == null
                                && store.list("bob").size() == 1);
                assertThat(calls).noneMatch(Future::isDone);
            } finally {
                ForcedFiles.DISK.unlock();
            }
            for (Future<?> call : calls) {
                call.get();
            }
        }
        assertThat(ForcedFiles.forced()).isEqualTo(2);
    }

    private static void assertForced(String what) {
        assertThat(ForcedFiles.forced()).as(what).isPositive();
    }
}
