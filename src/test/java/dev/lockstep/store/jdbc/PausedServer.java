package dev.lockstep.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.SessionCopy;
import dev.lockstep.StoreUnavailableException;
import dev.lockstep.contract.Samples;
import dev.lockstep.process.ServerProcess;
import dev.lockstep.spi.LogPosition;
import dev.lockstep.spi.NodeListener;
import dev.lockstep.spi.RevocationTarget.OfToken;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import org.awaitility.Awaitility;

/** A database server that stands still for a while. */
final class PausedServer {

    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    private PausedServer() {}

    /** Callers are held up until their deadline, and no thread for longer. */
    static void assertHoldsUpNobodyForLonger(ServerProcess server, StoreDataSource pool) throws Exception {
        StoreSettings settings = StoreSettings.DEFAULTS.withTimeout(TIMEOUT);
        try (JdbcStore store =
                JdbcStore.open(pool, "/shop", settings, Executors.defaultThreadFactory(), NodeListener.NONE)) {
            SessionCopy copy = store.open(Samples.session("alice"));
            SessionCopy other = store.open(Samples.session("alice"));
            server.pause();
            try {
                assertGivesUp(() -> store.find(copy.digest()));
                assertGivesUp(() -> store.revoke(List.of(new OfToken(copy.digest()))));
                assertGivesUp(() -> store.poll("none", new LogPosition(0, 0), 1));
                assertGivesUp(() -> store.open(Samples.session("bob")));
                Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> store.busy() == 0);
            } finally {
                server.resume();
            }

            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .ignoreExceptions()
                    .until(() -> store.find(other.digest()) != null);
            store.revoke(List.of(new OfToken(copy.digest())));
            assertThat(store.find(copy.digest())).isNull();
        }
    }

    private static void assertGivesUp(Runnable call) {
        assertThatThrownBy(call::run).isInstanceOf(StoreUnavailableException.class);
    }
}
