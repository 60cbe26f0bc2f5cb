package dev.lockstep.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.IssuedToken;
import dev.lockstep.SessionCopy;
import dev.lockstep.SessionManager;
import dev.lockstep.SessionToken;
import dev.lockstep.TokenDigest;
import dev.lockstep.cache.memory.MemoryCacheProvider;
import dev.lockstep.contract.ContractContext;
import dev.lockstep.contract.RecordedNodeEvents;
import dev.lockstep.spi.FingerprintedCache;
import dev.lockstep.spi.NodeClock;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Near copies that are found by the fingerprint of their token. */
class FingerprintedHitTest extends NodeScenario {

    private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
    private final WatchedCache cache = new WatchedCache();
    private final SessionManager sessions = node(cache, null, LEASE);

    @AfterEach
    void stop() {
        scheduler.shutdownNow();
    }

    @Test
    void onceProvedATokenIsNotDigestedAgain() {
        IssuedToken issued = openOnceLeased(sessions);
        sessions.find(issued.token());
        int before = cache.byDigest.get();

        for (int i = 0; i < 100; i++) {
            assertThat(sessions.find(issued.token())).contains(issued.session());
        }

        assertThat(cache.byDigest).hasValue(before);
    }

    @Test
    void aHitIsToldAsAnyOtherOfTheNearCache() {
        RecordedNodeEvents told = new RecordedNodeEvents();
        observer = told.listener();
        SessionManager watched = node(cache, null, LEASE);
        IssuedToken issued = openOnceLeased(watched);
        told.take();
        int before = cache.byFingerprint.get();

        watched.find(issued.token());

        assertThat(cache.byFingerprint).hasValue(before + 1);
        assertThat(told.of("lookedUp")).containsExactly("lookedUp NEAR LIVE");
    }

    @Test
    void aTokenThatProvesNothingLeavesNothing() {
        openOnceLeased(sessions);
        int before = cache.identified.get();

        assertThat(sessions.find(Keyed.tokens("test").newToken())).isEmpty();
        assertThat(sessions.find(SessionToken.of("no token"))).isEmpty();

        assertThat(cache.identified).hasValue(before);
    }

    @Test
    void noWayToEndItLeavesItToItsFingerprint() {
        for (Runnable end : new Runnable[] {
            () -> sessions.revokeAll("alice"), sessions::revokeEverything, () -> cache.dropsNothing = true
        }) {
            IssuedToken issued = proved();
            end.run();
            sessions.revoke(issued.token());

            assertThat(sessions.find(issued.token())).isEmpty();
        }
    }

    /** The facts refuse it by its digest, whatever the cache keeps. */
    @Test
    void aCacheThatDropsNothingUndoesNoLogout() {
        cache.dropsNothing = true;
        IssuedToken byToken = proved();
        IssuedToken byId = proved();

        sessions.revoke(byToken.token());
        sessions.revokeById(byId.session().id());

        assertThat(sessions.find(byToken.token())).isEmpty();
        assertThat(sessions.find(byId.token())).isEmpty();
    }

    @Test
    void whatTheStoreDeniesIsGoneForTheFingerprintToo() {
        IssuedToken issued = proved();
        store.uncounted().vanish(Digests.of("test", issued.token()));
        assertThat(sessions.find(issued.token())).isPresent();

        assertThat(sessions.findConfirmed(issued.token())).isEmpty();

        assertThat(sessions.find(issued.token())).isEmpty();
    }

    @Test
    void whatWasClearedIsProvedAgain() {
        IssuedToken issued = proved();
        int before = store.reads();
        cache.clear();

        assertThat(sessions.find(issued.token())).isPresent();
        assertThat(sessions.find(issued.token())).isPresent();

        assertThat(store.reads()).isEqualTo(before + 1);
    }

    @Test
    void aRotatedTokenIsRefusedAndTheNextIsFound() {
        IssuedToken issued = proved();

        IssuedToken next = sessions.rotate(issued.token()).orElseThrow();

        assertThat(sessions.find(issued.token())).isEmpty();
        assertThat(sessions.find(next.token())).isPresent();
        assertThat(sessions.find(next.token())).isPresent();
    }

    /** Found by its fingerprint already. */
    private IssuedToken proved() {
        IssuedToken issued = openOnceLeased(sessions);
        int before = cache.byFingerprint.get();
        assertThat(sessions.find(issued.token())).isPresent();
        assertThat(cache.byFingerprint).hasValue(before + 1);
        return issued;
    }

    /** The real one, and how it is asked. */
    private final class WatchedCache implements FingerprintedCache {

        final AtomicInteger byDigest = new AtomicInteger();
        final AtomicInteger byFingerprint = new AtomicInteger();
        final AtomicInteger identified = new AtomicInteger();
        volatile boolean dropsNothing;

        private final FingerprintedCache cache =
                (FingerprintedCache) MemoryCacheProvider.open(ContractContext.of("test", scheduler, NodeClock.SYSTEM));

        @Override
        public @Nullable TimedCopy getTimed(long fingerprintA, long fingerprintB) {
            TimedCopy found = cache.getTimed(fingerprintA, fingerprintB);
            byFingerprint.addAndGet(found == null ? 0 : 1);
            return found;
        }

        @Override
        public void identify(TokenDigest digest, long fingerprintA, long fingerprintB) {
            identified.incrementAndGet();
            cache.identify(digest, fingerprintA, fingerprintB);
        }

        @Override
        public @Nullable TimedCopy getTimed(TokenDigest digest) {
            byDigest.incrementAndGet();
            return cache.getTimed(digest);
        }

        @Override
        public @Nullable SessionCopy get(TokenDigest digest) {
            return cache.get(digest);
        }

        @Override
        public void put(SessionCopy copy, Duration timeToLive) {
            cache.put(copy, timeToLive);
        }

        @Override
        public void invalidate(TokenDigest digest) {
            if (!dropsNothing) {
                cache.invalidate(digest);
            }
        }

        @Override
        public void clear() {
            cache.clear();
        }
    }
}
