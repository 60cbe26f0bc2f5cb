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
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SingleFlightTest {

    private static final TokenDigest DIGEST = new TokenDigest(1, 2, 3, 4);
    private static final int REQUESTS = 50;

    private final ExecutorService requests = Executors.newCachedThreadPool();
    private final AtomicInteger singleFlight = new AtomicInteger();
    private final Set<Thread> askers = ConcurrentHashMap.newKeySet();
    private final Semaphore storeMayAnswer = new Semaphore(0);

    @AfterEach
    void stop() {
        storeMayAnswer.release(REQUESTS);
        requests.shutdownNow();
    }

    @Test
    void manyRequestsThatTrustTheCopyCostOneLoad() throws Exception {
        SingleFlight single = new SingleFlight(this::loadOnceAllowed);
        List<Future<SessionCopy>> results = askAtOnce(single, copy -> true);
        storeMayAnswer.release(REQUESTS);

        for (Future<SessionCopy> result : results) {
            assertThat(result.get()).isNotNull();
        }
        assertThat(singleFlight).hasValue(1);
    }

    @Test
    void requestsThatDoNotTrustTheCopyShareTheNextLoad() throws Exception {
        AtomicInteger distrusted = new AtomicInteger();
        SingleFlight single = new SingleFlight(this::loadOnceAllowed);
        List<Future<SessionCopy>> results = askAtOnce(single, copy -> distrusted.incrementAndGet() == 0);
        storeMayAnswer.release();
        await().until(() -> distrusted.get() == REQUESTS - 1 && singleFlight.get() == 2 && waiting() == REQUESTS - 1);
        storeMayAnswer.release(REQUESTS);

        for (Future<SessionCopy> result : results) {
            assertThat(result.get()).isNotNull();
        }
        assertThat(singleFlight).hasValue(2);
    }

    /**
     * The load had read the store before the session was revoked; the joiner came after the
     * revocation had returned.
     */
    @Test
    void aJoinerNeverTakesWhatALoadReadBeforeItCame() throws Exception {
        CountDownLatch readAlready = new CountDownLatch(1);
        AtomicInteger reads = new AtomicInteger();
        SingleFlight single = new SingleFlight(digest -> {
            SessionCopy read = reads.incrementAndGet() == 1 ? copy() : null;
            readAlready.countDown();
            storeMayAnswer.acquireUninterruptibly();
            return read;
        });
        Future<SessionCopy> first = requests.submit(() -> single.load(DIGEST, copy -> false));
        readAlready.await();

        Future<SessionCopy> joiner = requests.submit(() -> {
            askers.add(Thread.currentThread());
            return single.load(DIGEST, copy -> false);
        });
        await().until(() -> waiting() == 1);
        storeMayAnswer.release(2);

        assertThat(first.get()).isNotNull();
        assertThat(joiner.get()).isNull();
    }

    @Test
    void aLoadThatFailsFailsForAllWhoJoinedItAndLeavesNothingBehind() throws Exception {
        SingleFlight failing = new SingleFlight(digest -> {
            SessionCopy copy = loadOnceAllowed(digest);
            if (singleFlight.get() == 1) {
                throw new StoreUnavailableException("LOCKSTEP-0000 down for a test", null);
            }
            return copy;
        });
        List<Future<SessionCopy>> results = askAtOnce(failing, copy -> true);
        storeMayAnswer.release(REQUESTS);

        for (Future<SessionCopy> result : results) {
            assertThatThrownBy(result::get).hasCauseInstanceOf(StoreUnavailableException.class);
        }
        assertThat(singleFlight).hasValue(1);
        assertThat(failing.load(DIGEST, copy -> true)).isNotNull();
    }

    @Test
    void whoJoinedALoadThatFailedIsToldWhyTheStoreCouldNotBeAsked() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        SingleFlight failing = new SingleFlight(digest -> {
            begun.countDown();
            storeMayAnswer.acquireUninterruptibly();
            throw new StoreUnavailableException("LOCKSTEP-0000 down for a test", null);
        });
        requests.submit(() -> failing.load(DIGEST, copy -> true));
        begun.await();
        Future<SessionCopy> joiner = requests.submit(() -> {
            askers.add(Thread.currentThread());
            return failing.load(DIGEST, copy -> true);
        });
        await().until(() -> waiting() == 1);
        storeMayAnswer.release();

        assertThatThrownBy(joiner::get)
                .cause()
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessage(
                        "LOCKSTEP-0209 The store could not be asked for this session: LOCKSTEP-0000 down for a test");
    }

    @Test
    void anErrorInALoadReachesTheOneWhoBeganIt() {
        SingleFlight failing = new SingleFlight(digest -> {
            throw new IllegalStateException("broken");
        });

        assertThatThrownBy(() -> failing.load(DIGEST, copy -> true)).isInstanceOf(IllegalStateException.class);
    }

    private SessionCopy loadOnceAllowed(TokenDigest digest) {
        singleFlight.incrementAndGet();
        storeMayAnswer.acquireUninterruptibly();
        return copy();
    }

    /** Returns when one of them loads, and the others wait for it. */
    private List<Future<SessionCopy>> askAtOnce(SingleFlight single, Predicate<SessionCopy> trusted) {
        List<Future<SessionCopy>> results = new ArrayList<>();
        for (int i = 0; i < REQUESTS; i++) {
            results.add(requests.submit(() -> {
                askers.add(Thread.currentThread());
                return single.load(DIGEST, trusted);
            }));
        }
        await().until(() -> singleFlight.get() == 1 && waiting() == REQUESTS);
        return results;
    }

    private long waiting() {
        return askers.stream()
                .filter(asker -> asker.getState() == Thread.State.WAITING)
                .count();
    }

    private static SessionCopy copy() {
        Instant now = Instant.ofEpochMilli(1_700_000_000_000L);
        Session session = new Session(
                "id", "alice", Set.of(), Map.of(), now, now, now.plusSeconds(3_600), Duration.ofMinutes(30));
        return new SessionCopy(DIGEST, session, 1, 1);
    }
}
