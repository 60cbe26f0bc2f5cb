package dev.lockstep.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.lockstep.Session;
import dev.lockstep.SessionCopy;
import dev.lockstep.StoreUnavailableException;
import dev.lockstep.TokenDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LoadsTest {

    private static final TokenDigest DIGEST = new TokenDigest(1, 2, 3, 4);
    private static final int REQUESTS = 50;

    private final ExecutorService requests = Executors.newCachedThreadPool();
    private final AtomicInteger loads = new AtomicInteger();
    private final Set<Thread> askers = ConcurrentHashMap.newKeySet();
    private final CountDownLatch storeMayAnswer = new CountDownLatch(1);

    @AfterEach
    void stop() {
        storeMayAnswer.countDown();
        requests.shutdownNow();
    }

    @Test
    void manyRequestsThatTrustTheCopyCostOneLoad() throws Exception {
        List<Future<SessionCopy>> results = askAtOnce(true);
        storeMayAnswer.countDown();

        for (Future<SessionCopy> result : results) {
            assertThat(result.get()).isNotNull();
        }
        assertThat(loads).hasValue(1);
    }

    @Test
    void requestsThatDoNotTrustTheCopyShareTheNextLoad() throws Exception {
        List<Future<SessionCopy>> results = askAtOnce(false);
        storeMayAnswer.countDown();

        for (Future<SessionCopy> result : results) {
            assertThat(result.get()).isNotNull();
        }
        assertThat(loads).hasValueBetween(2, REQUESTS);
    }

    /** The load had read the store before the session was revoked; the joiner came after the revocation had returned. */
    @Test
    void aJoinerNeverTakesWhatALoadReadBeforeItCame() throws Exception {
        CountDownLatch readAlready = new CountDownLatch(1);
        AtomicInteger reads = new AtomicInteger();
        Loads single = new Loads(digest -> {
            SessionCopy read = reads.incrementAndGet() == 1 ? copy() : null;
            readAlready.countDown();
            awaitLatch(storeMayAnswer);
            return read;
        });
        Future<SessionCopy> first = requests.submit(() -> single.load(DIGEST, copy -> false));
        readAlready.await();

        Future<SessionCopy> joiner = requests.submit(() -> {
            askers.add(Thread.currentThread());
            return single.load(DIGEST, copy -> false);
        });
        await().until(() -> askers.stream().anyMatch(asker -> asker.getState() == Thread.State.WAITING));
        storeMayAnswer.countDown();

        assertThat(first.get()).isNotNull();
        assertThat(joiner.get()).isNull();
    }

    @Test
    void aLoadThatFailsFailsForAllWhoJoinedItAndLeavesNothingBehind() throws Exception {
        AtomicInteger attempts = new AtomicInteger();
        Loads failing = new Loads(digest -> {
            awaitLatch(storeMayAnswer);
            if (attempts.incrementAndGet() == 1) {
                throw new StoreUnavailableException("LOCKSTEP-0000 down for a test", null);
            }
            return copy();
        });
        List<Future<SessionCopy>> results = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            results.add(requests.submit(() -> failing.load(DIGEST, copy -> true)));
        }
        storeMayAnswer.countDown();

        int failed = 0;
        for (Future<SessionCopy> result : results) {
            try {
                result.get();
            } catch (ExecutionException e) {
                assertThat(e).hasCauseInstanceOf(StoreUnavailableException.class);
                failed++;
            }
        }
        assertThat(failed).isPositive();
        assertThat(failing.load(DIGEST, copy -> true)).isNotNull();
    }

    @Test
    void anErrorInALoadReachesTheOneWhoBeganIt() {
        Loads failing = new Loads(digest -> {
            throw new IllegalStateException("broken");
        });

        assertThatThrownBy(() -> failing.load(DIGEST, copy -> true)).isInstanceOf(IllegalStateException.class);
    }

    private List<Future<SessionCopy>> askAtOnce(boolean trusted) {
        Loads single = new Loads(digest -> {
            loads.incrementAndGet();
            awaitLatch(storeMayAnswer);
            return copy();
        });
        List<Future<SessionCopy>> results = new ArrayList<>();
        for (int i = 0; i < REQUESTS; i++) {
            results.add(requests.submit(() -> {
                askers.add(Thread.currentThread());
                return single.load(DIGEST, copy -> trusted);
            }));
        }
        await().until(() -> askers.size() == REQUESTS
                && askers.stream().allMatch(asker -> asker.getState() == Thread.State.WAITING));
        return results;
    }

    private static void awaitLatch(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static SessionCopy copy() {
        Instant now = Instant.ofEpochMilli(1_700_000_000_000L);
        Session session = new Session(
                "id", "alice", Set.of(), Map.of(), now, now, now.plusSeconds(3_600), Duration.ofMinutes(30));
        return new SessionCopy(DIGEST, session, 1, 1);
    }
}
