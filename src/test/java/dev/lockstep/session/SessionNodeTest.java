package dev.lockstep.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.lockstep.CacheException;
import dev.lockstep.IssuedToken;
import dev.lockstep.Session;
import dev.lockstep.SessionCache;
import dev.lockstep.SessionCopy;
import dev.lockstep.SessionManager;
import dev.lockstep.TokenDigest;
import dev.lockstep.spi.RevocationTarget.OfApplication;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * The read path and the session's life, on nodes with real threads; the store is one map that
 * counts its reads.
 */
class SessionNodeTest extends NodeScenario {

    @Test
    void aCopyThatTheFactsVouchForCostsNoStoreRead() {
        SessionManager sessions = node(new HoardingCache(), null, LEASE);
        IssuedToken issued = openOnceLeased(sessions);
        int before = store.reads();

        for (int i = 0; i < 100; i++) {
            assertThat(sessions.find(issued.token())).isPresent();
        }

        assertThat(store.reads()).isEqualTo(before);
    }

    @Test
    void norDoesTheFirstUseOfASessionThatWasOpenedHere() {
        SessionManager sessions = node(new HoardingCache(), null, LEASE);
        openOnceLeased(sessions);
        IssuedToken issued = sessions.open("bob", Set.of());
        int before = store.reads();

        assertThat(sessions.find(issued.token())).isPresent();

        assertThat(store.reads()).isEqualTo(before);
    }

    @Test
    void aLoadThatEndedJustBeforeAnotherBeginsIsNotRepeated() {
        HoardingCache cache = new HoardingCache();
        SessionManager sessions = node(cache, null, LEASE);
        IssuedToken issued = openOnceLeased(sessions);
        int before = store.reads();

        cache.missOnce = true;
        assertThat(sessions.find(issued.token())).isPresent();

        assertThat(store.reads()).isEqualTo(before);
    }

    /** The floor of this one's facts is above it by then; its digest was not revoked. */
    @Test
    void aJoinerJudgesTheResultOfALoadAsItWouldACopy() throws Exception {
        ForgettingCache near = new ForgettingCache();
        SessionManager sessions = node(near, null, LEASE);
        IssuedToken issued = openOnceLeased(sessions);
        near.allExpired = true;
        int before = store.reads();
        FutureTask<Optional<Session>> joining = new FutureTask<>(() -> sessions.find(issued.token()));
        Thread joiner = new Thread(joining);

        store.onceAfterRead = () -> {
            store.announce(List.of(new OfApplication()));
            await().until(() -> store.nodes().rows().stream()
                    .allMatch(row -> row.applied().reaches(store.nodes().head())));
            joiner.start();
            await().until(() -> joiner.getState() == Thread.State.WAITING);
        };
        assertThat(sessions.find(issued.token())).isPresent();

        assertThat(joining.get()).isPresent();
        assertThat(store.reads()).isEqualTo(before + 2);
    }

    @Test
    void withoutALeaseAJoinerTakesNoLoadThatHadBegunBefore() throws Exception {
        SessionManager sessions = node(null, null, Duration.ZERO);
        IssuedToken issued = sessions.open("alice", Set.of());
        FutureTask<Optional<Session>> joining = new FutureTask<>(() -> sessions.find(issued.token()));
        Thread joiner = new Thread(joining);

        store.onceAfterRead = () -> {
            store.uncounted().vanish(Digests.of("test", issued.token()));
            joiner.start();
            await().until(() -> joiner.getState() == Thread.State.WAITING);
        };
        assertThat(sessions.find(issued.token())).isPresent();

        assertThat(joining.get()).isEmpty();
    }

    @Test
    void aNearCopyPastItsTimeToLiveIsNotUsed() {
        HoardingCache cache = new HoardingCache();
        SessionManager sessions = node(cache, null, LEASE);
        IssuedToken issued = openOnceLeased(sessions);
        int before = store.reads();

        cache.allExpired = true;
        assertThat(sessions.find(issued.token())).isPresent();
        assertThat(sessions.find(issued.token())).isPresent();

        assertThat(store.reads()).isEqualTo(before + 2);
    }

    @Test
    void aSharedCopyIsKeptNearOnceItIsAccepted() {
        HoardingCache near = new HoardingCache();
        HoardingCache shared = new HoardingCache();
        SessionManager sessions = node(near, shared, LEASE);
        IssuedToken issued = openOnceLeased(sessions);
        int before = store.reads();

        near.copies.clear();
        assertThat(sessions.find(issued.token())).isPresent();

        assertThat(near.copies).isEqualTo(shared.copies);
        assertThat(store.reads()).isEqualTo(before);
    }

    @Test
    void aSharedCopyPastItsTimeToLiveIsNotUsed() {
        HoardingCache shared = new HoardingCache();
        SessionManager sessions = node(null, shared, LEASE);
        IssuedToken issued = openOnceLeased(sessions);
        int before = store.reads();

        shared.allExpired = true;
        assertThat(sessions.find(issued.token())).isPresent();

        assertThat(store.reads()).isEqualTo(before + 1);
    }

    @Test
    void aConfirmedFindAlwaysAsksTheStore() {
        SessionManager sessions = node(new HoardingCache(), null, LEASE);
        IssuedToken issued = openOnceLeased(sessions);
        int before = store.reads();

        assertThat(sessions.findConfirmed(issued.token())).isPresent();
        assertThat(sessions.findConfirmed(issued.token())).isPresent();

        assertThat(store.reads()).isEqualTo(before + 2);
    }

    @Test
    void withoutALeaseEveryFindAsksTheStore() {
        HoardingCache cache = new HoardingCache();
        SessionManager sessions = node(cache, null, Duration.ZERO);
        IssuedToken issued = sessions.open("alice", Set.of());
        int before = store.reads();

        assertThat(sessions.find(issued.token())).isPresent();
        assertThat(sessions.find(issued.token())).isPresent();

        assertThat(store.reads()).isEqualTo(before + 2);
        assertThat(cache.copies).isEmpty();
    }

    @Test
    void aCopyThatACacheRefusesToDropIsNeverAcceptedOnAnyNode() {
        HoardingCache shared = new HoardingCache();
        SessionManager a = node(null, shared, LEASE);
        SessionManager b = node(new HoardingCache(), shared, LEASE);
        IssuedToken issued = openOnceLeased(a);
        openOnceLeased(b);
        assertThat(b.find(issued.token())).isPresent();

        a.revoke(issued.token());

        assertThat(shared.copies).isNotEmpty();
        assertThat(a.find(issued.token())).isEmpty();
        assertThat(b.find(issued.token())).isEmpty();
    }

    @Test
    void aFillThatComesAfterTheRevocationIsNeverAccepted() {
        HoardingCache cache = new HoardingCache();
        SessionManager sessions = node(cache, null, LEASE);
        IssuedToken issued = openOnceLeased(sessions);
        SessionCopy late = cache.get(Digests.of("test", issued.token()));

        sessions.revoke(issued.token());
        cache.put(late, Duration.ofHours(1));

        assertThat(sessions.find(issued.token())).isEmpty();
    }

    @Test
    void aCopyOfAnotherDigestIsIgnored() {
        HoardingCache shared = new HoardingCache();
        SessionManager sessions = node(null, shared, LEASE);
        IssuedToken alice = openOnceLeased(sessions);
        IssuedToken mallory = sessions.open("mallory", Set.of());
        shared.copies.put(Digests.of("test", mallory.token()), shared.get(Digests.of("test", alice.token())));

        assertThat(sessions.find(mallory.token()).orElseThrow().principal()).isEqualTo("mallory");
    }

    @Test
    void aSharedCacheThatFailsIsACacheThatHasNothing() {
        SessionManager sessions = node(null, new BrokenCache(), LEASE);
        IssuedToken issued = sessions.open("alice", Set.of());

        assertThat(sessions.find(issued.token())).isPresent();
        sessions.revoke(issued.token());
        assertThat(sessions.find(issued.token())).isEmpty();
    }

    @Test
    void usesAreRecordedOncePerTenthOfTheIdleTimeout() {
        SessionManager sessions = node(new HoardingCache(), null, LEASE);
        IssuedToken issued = openOnceLeased(sessions);
        store.uncounted().advance(Duration.ofMinutes(5));
        assertThat(sessions.find(issued.token())).isPresent();
        assertThat(store.usage).isZero();

        store.uncounted().advance(Duration.ofMinutes(1).plusMillis(1));
        await().until(() -> {
            sessions.find(issued.token());
            return store.usage == 1;
        });
        await().until(() -> !sessions.find(issued.token())
                .orElseThrow()
                .lastSeenAt()
                .equals(issued.session().lastSeenAt()));

        for (int i = 0; i < 50; i++) {
            assertThat(sessions.find(issued.token())).isPresent();
        }
        assertThat(store.usage).isEqualTo(1);
    }

    @Test
    void soAreThoseThatTheStoreAnswers() {
        SessionManager sessions = node(null, null, Duration.ZERO);
        IssuedToken issued = sessions.open("alice", Set.of());

        store.uncounted().advance(Duration.ofMinutes(6).plusMillis(1));

        await().until(() -> {
            sessions.find(issued.token());
            return store.usage == 1;
        });
    }

    @Test
    void anIdleSessionEndsAndATouchDoesNotBringItBack() {
        SessionManager sessions = node(new HoardingCache(), null, LEASE);
        IssuedToken issued = openOnceLeased(sessions);

        store.uncounted().advance(Duration.ofHours(1));

        await().until(() -> sessions.find(issued.token()).isEmpty());
        assertThat(sessions.findConfirmed(issued.token())).isEmpty();
    }

    @Test
    void sessionsThatWereUsedStillEndAbsolutely() {
        SessionManager sessions = node(null, null, LEASE);
        IssuedToken issued = sessions.open("alice", Set.of());

        for (int minutes = 0; minutes < 12 * 60; minutes += 30) {
            assertThat(sessions.findConfirmed(issued.token())).isPresent();
            store.uncounted().touch(Digests.of("test", issued.token()), Duration.ZERO);
            store.uncounted().advance(Duration.ofMinutes(30));
        }

        assertThat(sessions.findConfirmed(issued.token())).isEmpty();
    }

    @Test
    void aPrincipalIsNotEmptyAndNotTooLong() {
        SessionManager sessions = node(null, null, LEASE);

        assertThatThrownBy(() -> sessions.open("", Set.of())).hasMessageContaining("LOCKSTEP-0210");
        assertThatThrownBy(() -> sessions.open("x".repeat(256), Set.of())).hasMessageContaining("LOCKSTEP-0210");
    }

    @Test
    void aStageCompletesWhenTheLogoutIsTrue() {
        SessionManager sessions = node(new HoardingCache(), null, LEASE);
        IssuedToken issued = openOnceLeased(sessions);

        sessions.revokeAsync(issued.token()).toCompletableFuture().join();

        assertThat(sessions.find(issued.token())).isEmpty();
    }

    private static final class BrokenCache implements SessionCache {

        @Override
        public @Nullable SessionCopy get(TokenDigest digest) {
            throw new CacheException("LOCKSTEP-0000 broken for a test", null);
        }

        @Override
        public void put(SessionCopy copy, Duration timeToLive) {
            throw new CacheException("LOCKSTEP-0000 broken for a test", null);
        }

        @Override
        public void invalidate(TokenDigest digest) {
            throw new CacheException("LOCKSTEP-0000 broken for a test", null);
        }

        @Override
        public void clear() {}
    }
}
