package dev.lockstep.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lockstep.IssuedToken;
import dev.lockstep.SessionCache;
import dev.lockstep.SessionCopy;
import dev.lockstep.SessionManager;
import dev.lockstep.contract.NaiveCache;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a node tells its listener, each caused. */
class NodeEventsTest extends NodeScenario {

    private final RecordedNodeEvents told = new RecordedNodeEvents();

    @BeforeEach
    void listen() {
        observer = told;
    }

    @Test
    void aHitTellsOfNothingButItself() {
        SessionManager sessions = node(new NaiveCache(), null, LEASE);
        IssuedToken issued = openOnceLeased(sessions);

        assertThat(lookingUp(sessions, issued)).containsExactly("looked up NEAR");
    }

    @Test
    void aHitOfTheSharedCacheIsAMissOfTheNearOne() {
        SessionManager sessions = node(empty(), new HoardingCache(), LEASE);
        IssuedToken issued = openOnceLeased(sessions);

        assertThat(lookingUp(sessions, issued)).containsExactly("missed NEAR", "looked up SHARED");
    }

    @Test
    void aMissOfAllCachesIsALoad() {
        SessionManager sessions = node(empty(), empty(), LEASE);
        IssuedToken issued = sessions.open("alice", Set.of());

        assertThat(lookingUp(sessions, issued))
                .containsExactly("missed NEAR", "missed SHARED", "loaded true", "looked up STORE");
    }

    @Test
    void cachesThatAreNotThereAreNotMissed() {
        SessionManager sessions = node(null, null, LEASE);
        IssuedToken issued = sessions.open("alice", Set.of());

        assertThat(lookingUp(sessions, issued)).containsExactly("loaded true", "looked up STORE");
    }

    @Test
    void aTokenThatNobodyKnowsIsFoundNowhere() {
        SessionManager sessions = node(null, null, LEASE);
        IssuedToken issued = sessions.open("alice", Set.of());
        store.uncounted().vanish(Digests.of("test", issued.token()));

        assertThat(lookingUp(sessions, issued)).containsExactly("loaded false", "looked up null");
    }

    @Test
    void aCopyOfARevokedSessionIsRefused() {
        SessionManager sessions = node(new HoardingCache(), null, LEASE);
        IssuedToken issued = openOnceLeased(sessions);
        sessions.revoke(issued.token());

        assertThat(lookingUp(sessions, issued)).containsExactly("refused NEAR REVOKED", "looked up null");
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
        await().until(() -> told.soFar().contains("lease granted"));

        assertThat(lookingUp(second, issued)).startsWith("refused NEAR TOO_OLD");
    }

    @Test
    void aNodeThatEndsLosesItsLeaseAndRefusesCopies() {
        SessionManager sessions = node(new HoardingCache(), null, LEASE);
        IssuedToken issued = openOnceLeased(sessions);
        told.take();
        close();

        assertThat(told.soFar()).contains("lease lost");
        assertThat(lookingUp(sessions, issued)).startsWith("refused NEAR NO_LEASE");
    }

    @Test
    void aRevocationIsToldFromItsCommitUntilItHoldsOnEveryNode() {
        SessionManager sessions = node(null, null, LEASE);
        node(null, null, LEASE);
        IssuedToken issued = sessions.open("alice", Set.of());
        told.take();
        sessions.revoke(issued.token());
        await().until(() -> told.soFar().contains("settled true"));

        assertThat(told.soFar()).containsSubsequence("committed 1", "settled true");
        assertThat(told.soFar()).contains("certain of node of a test READ");
    }

    @Test
    void aNodeThatHadToBeWaitedOutIsToldAsFenced() {
        SessionManager sessions = node(null, null, LEASE);
        IssuedToken issued = sessions.open("alice", Set.of());
        store.uncounted().register("dead", "a dead node", Duration.ofMillis(100));

        sessions.revoke(issued.token());

        assertThat(told.soFar()).contains("certain of a dead node WAITED_OUT");
        await().until(() -> told.soFar().contains("fenced a dead node"));
    }

    @Test
    void pollsAndStatementsAreTold() {
        node(null, null, LEASE);

        await().until(() -> told.soFar().containsAll(List.of("store register true", "store poll true", "polled")));
        assertThat(told.soFar()).containsSubsequence("polled", "lease granted");
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
        return told.take().stream()
                .filter(event -> event.matches("(looked up|missed|refused|loaded) .*"))
                .toList();
    }
}
