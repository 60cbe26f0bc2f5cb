package dev.lockstep.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.CacheException;
import dev.lockstep.SessionCache;
import dev.lockstep.SessionCopy;
import dev.lockstep.TokenDigest;
import dev.lockstep.contract.CapturedLog;
import dev.lockstep.contract.ForwardingStore;
import dev.lockstep.contract.HandClock;
import dev.lockstep.contract.NaiveCache;
import dev.lockstep.contract.Samples;
import java.time.Duration;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Copies of what the store denied, behind a shared cache that drops nothing. */
class LayeredCacheTest {

    private static final Duration TIME_TO_LIVE = Duration.ofMinutes(15);

    private final HandClock clock = new HandClock();
    private final NaiveCache near = new NaiveCache();
    private final StubbornCache shared = new StubbornCache();
    private final LayeredCache copies = new LayeredCache(near, shared, TIME_TO_LIVE, clock);
    private final Store store = new Store();
    private final SessionCopy copy = store.open(Samples.session("alice"));

    @Test
    void whatTheStoreDeniedIsNotTakenFromTheSharedCacheForAsLongAsACopyMayLive() {
        copies.put(copy);

        copies.deny(copy.digest());
        assertThat(copies.getNear(copy.digest())).isNull();
        clock.advance(TIME_TO_LIVE.plus(NegativeCache.LATEST_PUT).minusNanos(1));
        assertThat(copies.getShared(copy.digest())).isNull();

        clock.advance(Duration.ofNanos(1));
        assertThat(copies.getShared(copy.digest())).isNotNull();
    }

    @Test
    void whatALoadDoesNotFindIsNotTakenFromACacheThatWasOutOfReach() {
        shared.put(copy, TIME_TO_LIVE);
        shared.unreachable = true;
        store.vanish(copy.digest());

        assertThat(copies.load(copy.digest(), store)).isNull();
        shared.unreachable = false;

        assertThat(copies.getShared(copy.digest())).isNull();
    }

    @Test
    void whatTheStoreVouchesForAgainIsTakenAgain() {
        copies.put(copy);
        copies.deny(copy.digest());
        assertThat(copies.getShared(copy.digest())).isNull();

        assertThat(copies.load(copy.digest(), store)).isNotNull();

        assertThat(copies.getNear(copy.digest())).isNotNull();
        assertThat(copies.getShared(copy.digest())).isNotNull();
    }

    @Test
    void aCopyThatWasReadFromTheStoreBeforeTheSessionVanishedIsNotKept() {
        store.afterRead = this::vanish;

        assertThat(copies.load(copy.digest(), store)).isNotNull();

        assertNothingIsLeft();
        assertThat(shared.cache.get(copy.digest())).isNull();
    }

    @Test
    void aCopyThatIsBeingPutWhileTheSessionIsDeniedIsNotKept() {
        shared.beforePut = this::vanish;

        assertThat(copies.load(copy.digest(), store)).isNotNull();

        assertNothingIsLeft();
    }

    @Test
    void aCopyThatIsBeingPutWhileALoadDoesNotFindTheSessionIsNotKept() {
        shared.beforePut = () -> {
            store.vanish(copy.digest());
            assertThat(copies.load(copy.digest(), store)).isNull();
        };

        assertThat(copies.load(copy.digest(), store)).isNotNull();

        assertNothingIsLeft();
    }

    @Test
    void aSharedCopyThatWasReadBeforeTheSessionVanishedIsNotLeftNear() {
        copies.put(copy);
        int stamp = copies.stamp(copy.digest());
        assertThat(copies.getShared(copy.digest())).isNotNull();
        vanish();

        copies.putNear(copy, stamp);

        assertNothingIsLeft();
    }

    @Test
    void whereAllIsDroppedNothingIsLeftNearThatWasReadBefore() {
        copies.put(copy);
        int stamp = copies.stamp(copy.digest());
        assertThat(copies.getShared(copy.digest())).isNotNull();

        copies.dropAllNear();
        assertThat(copies.getNear(copy.digest())).isNull();
        copies.putNear(copy, stamp);
        assertThat(copies.getNear(copy.digest())).isNull();

        copies.putNear(copy, copies.stamp(copy.digest()));
        assertThat(copies.getNear(copy.digest())).isNotNull();
    }

    /** In a flood of tokens that nobody knows, each is a denial. */
    @Test
    void theDenialOfOneSessionCostsNoCopyOfAnother() {
        TokenDigest denied = Stream.generate(Samples::digest)
                .filter(each -> Math.floorMod(each.hashCode() - copy.digest().hashCode(), 4_096) != 0)
                .findFirst()
                .orElseThrow();
        store.afterRead = () -> copies.deny(denied);

        assertThat(copies.load(copy.digest(), store)).isNotNull();

        assertThat(copies.getNear(copy.digest())).isNotNull();
        assertThat(copies.getShared(copy.digest())).isNotNull();
    }

    @Test
    void aRefreshDropsWhatTheStoreNoLongerHas() {
        copies.put(copy);
        store.vanish(copy.digest());

        copies.refresh(List.of(copy.digest()), store);

        assertNothingIsLeft();
    }

    @Test
    void aRefreshKeepsWhatTheStoreHasNow() {
        SessionCopy other = store.open(Samples.session("bob"));

        copies.refresh(List.of(copy.digest(), other.digest()), store);

        for (SessionCopy each : List.of(copy, other)) {
            assertThat(copies.getNear(each.digest()).copy()).isEqualTo(each);
            assertThat(copies.getShared(each.digest()).copy()).isEqualTo(each);
        }
    }

    @Test
    void aFloodOfTokensThatNoCacheKnowsEndsNoDenialOfASessionThatOneKnew() {
        copies.put(copy);
        copies.deny(copy.digest());
        SessionCopy other = store.open(Samples.session("bob"));
        near.put(other, TIME_TO_LIVE);
        copies.deny(other.digest());
        shared.put(other, TIME_TO_LIVE);

        for (int i = 0; i < 2 * NegativeCache.RecentDigests.MAX_DIGESTS; i++) {
            copies.deny(Samples.digest());
        }

        assertThat(copies.getShared(copy.digest())).isNull();
        assertThat(copies.getShared(other.digest())).isNull();
    }

    @Test
    void whoAsksForDetailsIsToldThatTheSharedCacheIsOutOfReach() {
        Logger logger = Logger.getLogger(LayeredCache.class.getName());
        logger.setLevel(Level.FINE);
        try (CapturedLog log = new CapturedLog(logger.getName())) {
            log.setLevel(Level.FINE);
            shared.unreachable = true;

            copies.put(copy);
            assertThat(copies.getShared(copy.digest())).isNull();
            copies.dropShared(copy.digest());

            assertThat(log.messages())
                    .containsExactly(
                            "The shared cache could not be written; the store is asked instead.",
                            "The shared cache could not be read; the store is asked instead.",
                            "The shared cache could not be written; the store is asked instead.");
            assertThat(log.thrown()).hasSize(3);
        } finally {
            logger.setLevel(null);
        }
    }

    private void vanish() {
        store.vanish(copy.digest());
        copies.deny(copy.digest());
    }

    private void assertNothingIsLeft() {
        assertThat(copies.getNear(copy.digest())).isNull();
        assertThat(copies.getShared(copy.digest())).isNull();
    }

    private static final class Store extends ForwardingStore {

        Runnable afterRead = () -> {};

        @Override
        public @Nullable SessionCopy find(TokenDigest digest) {
            SessionCopy found = super.find(digest);
            afterRead.run();
            return found;
        }

        void vanish(TokenDigest digest) {
            store.vanish(digest);
        }
    }

    private static final class StubbornCache implements SessionCache {

        private final NaiveCache cache = new NaiveCache();
        Runnable beforePut = () -> {};
        boolean unreachable;

        @Override
        public @Nullable SessionCopy get(TokenDigest digest) {
            reach();
            return cache.get(digest);
        }

        @Override
        public void put(SessionCopy copy, Duration timeToLive) {
            reach();
            beforePut.run();
            cache.put(copy, timeToLive);
        }

        @Override
        public void invalidate(TokenDigest digest) {
            reach();
        }

        @Override
        public void clear() {}

        private void reach() {
            if (unreachable) {
                throw new CacheException("LOCKSTEP-0000 out of reach, for a test", null);
            }
        }
    }
}
