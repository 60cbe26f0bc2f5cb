package dev.lockstep.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.lockstep.CacheException;
import dev.lockstep.IssuedToken;
import dev.lockstep.SessionCache;
import dev.lockstep.SessionCopy;
import dev.lockstep.SessionManager;
import dev.lockstep.StoreUnavailableException;
import dev.lockstep.contract.NaiveCache;
import dev.lockstep.contract.RecordedNodeEvents;
import dev.lockstep.spi.Lookup.Result;
import dev.lockstep.spi.Lookup.Source;
import dev.lockstep.spi.NodeClock;
import dev.lockstep.spi.NodeListener;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a node tells its listener, each caused. */
class NodeEventsTest extends NodeScenario {

    private final RecordedNodeEvents told = new RecordedNodeEvents();

    @BeforeEach
    void listen() {
        observer = told.listener();
    }

    @Test
    void aHitTellsOfNothingButItself() {
        SessionManager sessions = node(new NaiveCache(), null, LEASE);
        IssuedToken issued = openOnceLeased(sessions);

        assertThat(lookingUp(sessions, issued)).containsExactly("lookedUp NEAR LIVE");
    }

    @Test
    void sessionsAreToldWhenTheyAreOpenedRotatedAndEndedAndHow() {
        SessionManager sessions = node(null, null, LEASE);
        for (String principal : List.of("alice", "alice", "alice", "bob", "carol", "dave", "eve")) {
            sessions.open(principal, Set.of());
        }
        assertThat(told.of("sessionOpened")).hasSize(7);
        IssuedToken rotated =
                sessions.rotate(sessions.open("fay", Set.of()).token()).orElseThrow();
        assertThat(told.of("sessionRotated", "sessionsEnded")).containsExactly("sessionRotated");

        sessions.revoke(rotated.token());
        sessions.revoke(rotated.token());
        sessions.revokeById(sessions.list("bob").get(0).id());
        sessions.revokeOthers(sessions.list("alice").get(0));
        sessions.revokeAll("carol");
        sessions.revokeEverything();

        assertThat(told.of("sessionsEnded"))
                .containsExactly(
                        "sessionsEnded TOKEN 1",
                        "sessionsEnded ID 1",
                        "sessionsEnded OTHERS 2",
                        "sessionsEnded PRINCIPAL 1",
                        "sessionsEnded APPLICATION 3");
    }

    @Test
    void aHitIsNotTimedAndReadsTheClockNoMoreThanWithoutAListener() {
        CountedClock counted = new CountedClock();
        clock = counted;
        AtomicLong nanos = new AtomicLong(-1);
        int unobserved = readingsOfAHit(counted, NodeListener.NONE);

        int observed = readingsOfAHit(counted, new NodeListener() {
            @Override
            public void lookedUp(Source answeredBy, Result result, long took) {
                nanos.set(took);
            }
        });

        assertThat(observed).isEqualTo(unobserved);
        assertThat(nanos).hasValue(0);
    }

    @Test
    void aLookUpThatTheStoreAnswersIsToldWithTheTimeThatItTook() {
        Duration slow = Duration.ofSeconds(7);
        AtomicLong ahead = new AtomicLong();
        clock = clockAhead(ahead);
        List<Duration> took = new CopyOnWriteArrayList<>();
        observer = new NodeListener() {
            @Override
            public void lookedUp(Source answeredBy, Result result, long nanos) {
                took.add(Duration.ofNanos(nanos));
            }

            @Override
            public void loaded(boolean found, Duration load) {
                took.add(load);
            }
        };
        SessionManager sessions = node(null, null, LEASE);
        IssuedToken issued = sessions.open("alice", Set.of());
        took.clear();
        store.onceAfterRead = () -> ahead.addAndGet(slow.toNanos());

        long began = clock.nanoTime();
        sessions.find(issued.token());
        Duration whole = Duration.ofNanos(clock.nanoTime() - began);

        assertThat(took).hasSize(2).allSatisfy(each -> assertThat(each).isBetween(slow, whole));
    }

    @Test
    void aHitOfTheSharedCacheIsAMissOfTheNearOne() {
        SessionManager sessions = node(empty(), new HoardingCache(), LEASE);
        IssuedToken issued = openOnceLeased(sessions);

        assertThat(lookingUp(sessions, issued)).containsExactly("missed NEAR", "stored NEAR", "lookedUp SHARED LIVE");
    }

    @Test
    void aMissOfAllCachesIsALoadThatFillsThem() {
        SessionManager sessions = node(empty(), empty(), LEASE);
        IssuedToken issued = sessions.open("alice", Set.of());

        assertThat(lookingUp(sessions, issued))
                .containsExactly(
                        "missed NEAR",
                        "missed SHARED",
                        "stored NEAR",
                        "stored SHARED",
                        "loaded true",
                        "lookedUp STORE LIVE");
    }

    @Test
    void aSharedCacheThatFailsIsMissedAndNotFilled() {
        SessionManager sessions = node(null, new FailingCache(), LEASE);
        IssuedToken issued = sessions.open("alice", Set.of());

        assertThat(lookingUp(sessions, issued)).containsExactly("missed SHARED", "loaded true", "lookedUp STORE LIVE");
    }

    @Test
    void cachesThatAreNotThereAreNotMissed() {
        SessionManager sessions = node(null, null, LEASE);
        IssuedToken issued = sessions.open("alice", Set.of());

        assertThat(lookingUp(sessions, issued)).containsExactly("loaded true", "lookedUp STORE LIVE");
    }

    @Test
    void whereNobodyTrustsCopiesTheStoreAnswersAndNoCacheIsMissed() {
        SessionManager sessions = node(new NaiveCache(), null, Duration.ZERO);
        IssuedToken issued = sessions.open("alice", Set.of());

        assertThat(lookingUp(sessions, issued)).containsExactly("loaded true", "lookedUp STORE LIVE");
    }

    @Test
    void aConfirmedLookUpIsAnsweredByTheStore() {
        SessionManager sessions = node(null, null, LEASE);
        IssuedToken issued = sessions.open("alice", Set.of());
        told.take();

        sessions.findConfirmed(issued.token());

        assertThat(lookUps()).containsExactly("loaded true", "lookedUp STORE LIVE");
    }

    @Test
    void aTokenThatNobodyKnowsIsFoundNowhere() {
        SessionManager sessions = node(null, null, LEASE);
        IssuedToken issued = sessions.open("alice", Set.of());
        store.uncounted().vanish(Digests.of("test", issued.token()));

        assertThat(lookingUp(sessions, issued)).containsExactly("loaded false", "lookedUp STORE NOT_LIVE");
    }

    @Test
    void aLookUpThatTheStoreCantAnswerHasFailed() {
        SessionManager sessions = node(null, null, LEASE);
        IssuedToken issued = sessions.open("alice", Set.of());
        told.take();
        store.onceAfterRead = () -> {
            throw new StoreUnavailableException("LOCKSTEP-0000 down for a test", null);
        };

        assertThatThrownBy(() -> sessions.find(issued.token())).isInstanceOf(StoreUnavailableException.class);

        assertThat(lookUps()).containsExactly("lookedUp STORE FAILED");
        assertThat(told.of("storeCalled")).contains("storeCalled find StoreUnavailableException");
    }

    @Test
    void aCopyOfARevokedSessionIsRefusedByWhatTheNodeKnows() {
        SessionManager sessions = node(new HoardingCache(), null, LEASE);
        IssuedToken issued = openOnceLeased(sessions);
        sessions.revoke(issued.token());

        assertThat(lookingUp(sessions, issued)).containsExactly("refused NEAR REVOKED", "lookedUp FACTS NOT_LIVE");
    }

    @Test
    void aCopyPastItsTimeIsRefused() {
        HoardingCache near = new HoardingCache();
        SessionManager sessions = node(near, null, LEASE);
        IssuedToken issued = openOnceLeased(sessions);
        near.allExpired = true;

        assertThat(lookingUp(sessions, issued)).startsWith("refused NEAR EXPIRED");
    }

    @Test
    void aCopyFromBeforeWhatTheNodeRemembersIsRefused() {
        HoardingCache near = new HoardingCache();
        SessionManager first = node(near, null, LEASE);
        IssuedToken issued = openOnceLeased(first);
        first.revokeById(first.open("bob", Set.of()).session().id());
        told.take();
        SessionManager second = node(near, null, LEASE);
        await().until(() -> told.of("storeCalled").contains("storeCalled register -"));
        await().until(() -> !told.of("leaseGranted").isEmpty());

        assertThat(lookingUp(second, issued)).startsWith("refused NEAR TOO_OLD");
    }

    @Test
    void aNodeThatEndsLosesItsLeaseAndRefusesCopies() {
        SessionManager sessions = node(new HoardingCache(), null, LEASE);
        IssuedToken issued = openOnceLeased(sessions);
        told.take();
        close();

        assertThat(told.of("leaseGranted", "leaseLost")).endsWith("leaseLost WITHDRAWN");
        assertThat(lookingUp(sessions, issued)).startsWith("refused NEAR NO_LEASE");
    }

    @Test
    void aRevocationIsToldFromItsCommitUntilItHoldsOnEveryNode() {
        SessionManager sessions = node(null, null, LEASE);
        node(null, null, LEASE);
        IssuedToken issued = sessions.open("alice", Set.of());
        told.take();
        sessions.revoke(issued.token());
        await().until(() -> !told.of("revoked").isEmpty());
        await().until(() -> !told.of("revocationsSettled").isEmpty());
        await().until(() -> told.of("learnt").size() == 2);

        assertThat(told.of("learnt")).hasSize(2);
        assertThat(told.of("revocationsCommitted", "nodeSettled", "revocationsSettled"))
                .containsExactly(
                        "revocationsCommitted 1", "nodeSettled node of a test APPLIED", "revocationsSettled APPLIED -");
        assertThat(told.of("revoked")).containsExactly("revoked -");
    }

    @Test
    void aRotationIsARevocationOfTheFormerToken() {
        SessionManager sessions = node(null, null, LEASE);
        IssuedToken issued = sessions.open("alice", Set.of());
        told.take();

        sessions.rotate(issued.token());

        await().until(() -> !told.of("revocationsSettled").isEmpty());
        assertThat(told.of("revocationsCommitted", "revocationsSettled"))
                .containsExactly("revocationsCommitted 1", "revocationsSettled - -");
    }

    @Test
    void aNodeThatHadToBeWaitedOutIsToldAsFenced() {
        SessionManager sessions = node(null, null, LEASE);
        IssuedToken issued = sessions.open("alice", Set.of());
        store.uncounted().register("dead", "a dead node", Duration.ofMillis(100));

        sessions.revoke(issued.token());

        await().until(() -> told.of("nodeSettled").contains("nodeSettled a dead node WAITED_OUT"));
        await().until(() -> told.of("fenced").contains("fenced a dead node"));
    }

    @Test
    void pollsAndCallsOfTheStoreAreTold() {
        node(null, null, LEASE);

        await().until(() -> told.of("leaseGranted").size() > 1);
        assertThat(told.of("storeCalled")).contains("storeCalled register -", "storeCalled poll -");
        assertThat(told.of("polled", "leaseGranted")).startsWith("polled 0", "leaseGranted");
    }

    @Test
    void theLogIsToldAsReadBeforeItsEndIsTold() {
        node(null, null, LEASE);

        await().until(() -> !told.of("leaseGranted").isEmpty());
        assertThat(told.of("logRead", "polled", "leaseGranted")).startsWith("logRead", "polled 0", "leaseGranted");
    }

    @Test
    void nodesAreListedWhenOneRegistersAndWithEachLogout() {
        SessionManager sessions = node(null, null, LEASE);
        node(null, null, LEASE);
        assertThat(told.of("nodesListed")).containsExactly("nodesListed 1", "nodesListed 2");
        told.take();

        sessions.revoke(sessions.open("alice", Set.of()).token());

        assertThat(told.of("nodesListed")).containsExactly("nodesListed 2");
    }

    private int readingsOfAHit(CountedClock counted, NodeListener listener) {
        observer = listener;
        SessionManager sessions = node(new NaiveCache(), null, LEASE);
        IssuedToken issued = openOnceLeased(sessions);
        counted.ofThisThread.get().set(0);
        sessions.find(issued.token());
        return counted.ofThisThread.get().get();
    }

    private static SessionCache empty() {
        return new HoardingCache() {
            @Override
            public void put(SessionCopy copy, Duration timeToLive) {}
        };
    }

    /** What is told of one look-up, but not of polls meanwhile. */
    private List<String> lookingUp(SessionManager sessions, IssuedToken issued) {
        told.take();
        sessions.find(issued.token());
        return lookUps();
    }

    private List<String> lookUps() {
        return told.of("missed", "refused", "stored", "loaded", "lookedUp");
    }

    private static NodeClock clockAhead(AtomicLong nanos) {
        return new NodeClock() {
            @Override
            public long nanoTime() {
                return SYSTEM.nanoTime() + nanos.get();
            }

            @Override
            public long wallMillis() {
                return SYSTEM.wallMillis();
            }
        };
    }

    /** The machine's clocks; counts how often each thread reads the monotonic one. */
    private static final class CountedClock implements NodeClock {

        private final ThreadLocal<AtomicInteger> ofThisThread = ThreadLocal.withInitial(AtomicInteger::new);

        @Override
        public long nanoTime() {
            ofThisThread.get().incrementAndGet();
            return SYSTEM.nanoTime();
        }

        @Override
        public long wallMillis() {
            return SYSTEM.wallMillis();
        }
    }

    private static final class FailingCache extends NaiveCache {

        @Override
        public SessionCopy get(dev.lockstep.TokenDigest digest) {
            throw new CacheException("LOCKSTEP-0000 a failure of a test", null);
        }

        @Override
        public void put(SessionCopy copy, Duration timeToLive) {
            throw new CacheException("LOCKSTEP-0000 a failure of a test", null);
        }
    }
}
