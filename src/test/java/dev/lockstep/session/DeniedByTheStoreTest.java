package dev.lockstep.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import dev.lockstep.CacheException;
import dev.lockstep.IssuedToken;
import dev.lockstep.Session;
import dev.lockstep.SessionCopy;
import dev.lockstep.SessionManager;
import dev.lockstep.TokenDigest;
import dev.lockstep.cache.guard.GuardedCache;
import dev.lockstep.contract.ContractContext;
import dev.lockstep.contract.Samples;
import dev.lockstep.spi.NodeClock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * A session that vanished, and that the store has denied to a node, is not accepted there again.
 */
class DeniedByTheStoreTest extends NodeScenario {

    private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();

    @AfterEach
    void endScheduler() {
        scheduler.shutdownNow();
    }

    @Test
    void byACopyOfASharedCacheThatDropsNothing() {
        SessionManager sessions = node(new ForgettingCache(), new HoardingCache(), LEASE);
        vanishThenDeny(sessions, openOnceLeased(sessions));
    }

    @Test
    void byACopyOfASharedCacheThatRefusesToDropIt() {
        RefusingCache shared = new RefusingCache();
        SessionManager sessions = node(null, shared, LEASE);
        IssuedToken issued = openOnceLeased(sessions);
        shared.refuses = true;
        vanishThenDeny(sessions, issued);
    }

    @Test
    void byACopyOfASharedCacheThatIsOnlyReadAfterFailures() {
        RefusingCache shared = new RefusingCache();
        GuardedCache guarded =
                GuardedCache.around(shared, "shared", ContractContext.of("test", scheduler, NodeClock.SYSTEM));
        SessionManager sessions = node(new ForgettingCache(), guarded, LEASE);
        IssuedToken issued = openOnceLeased(sessions);
        shared.refuses = true;
        await().until(() -> catchThrowable(() -> guarded.invalidate(Samples.digest())) == null);
        vanishThenDeny(sessions, issued);
        guarded.close();
    }

    @Test
    void byALoadThatAnotherRequestHadBegunBefore() throws Exception {
        ForgettingCache near = new ForgettingCache();
        SessionManager sessions = node(near, null, LEASE);
        IssuedToken issued = openOnceLeased(sessions);
        near.allExpired = true;
        FutureTask<Optional<Session>> joining = new FutureTask<>(() -> sessions.find(issued.token()));
        Thread joiner = new Thread(joining);

        store.onceAfterRead = () -> {
            vanish(issued);
            assertThat(sessions.findConfirmed(issued.token())).isEmpty();
            joiner.start();
            await().until(() -> joiner.getState() == Thread.State.WAITING);
        };
        assertThat(sessions.find(issued.token())).isPresent();

        assertThat(joining.get()).isEmpty();
    }

    private void vanishThenDeny(SessionManager sessions, IssuedToken issued) {
        vanish(issued);
        assertThat(sessions.find(issued.token())).isPresent();

        assertThat(sessions.findConfirmed(issued.token())).isEmpty();

        assertThat(sessions.find(issued.token())).isEmpty();
    }

    private void vanish(IssuedToken issued) {
        store.uncounted().vanish(Digests.of("test", issued.token()));
    }

    /** Takes reads, and no writes while told to refuse them. */
    private static final class RefusingCache extends HoardingCache {

        volatile boolean refuses;

        @Override
        public void put(SessionCopy copy, Duration timeToLive) {
            write();
            super.put(copy, timeToLive);
        }

        @Override
        public void invalidate(TokenDigest digest) {
            write();
            copies.remove(digest);
        }

        private void write() {
            if (refuses) {
                throw new CacheException("LOCKSTEP-0000 full, for a test", null);
            }
        }
    }
}
