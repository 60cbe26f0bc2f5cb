package dev.lockstep.cache.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.SessionCopy;
import dev.lockstep.TokenDigest;
import dev.lockstep.contract.ContractContext;
import dev.lockstep.contract.HandClock;
import dev.lockstep.contract.RecordedNodeEvents;
import dev.lockstep.contract.SessionCopies;
import dev.lockstep.spi.TimedCache.TimedCopy;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MemoryCacheTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final HandClock clock = new HandClock();
    private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
    private final RecordedNodeEvents told = new RecordedNodeEvents();
    private final MemoryCache cache = new MemoryCache(
            "near",
            ContractContext.of("test", scheduler, clock).withMaxEntries(100).withListener(told.listener()));

    @AfterEach
    void stop() {
        scheduler.shutdownNow();
    }

    @Test
    void whatHasExpiredIsNotReturnedAndIsFreed() {
        SessionCopy copy = SessionCopies.fresh();
        cache.put(copy, MINUTE);
        clock.advance(MINUTE);

        assertThat(cache.get(copy.digest())).isNull();
        assertThat(cache.size()).isEqualTo(1);

        cache.sweep();

        assertThat(cache.size()).isZero();
    }

    @Test
    void whatMakesRoomIsToldAsEvictedAndWhatIsLeftWithEachSweep() {
        for (int i = 0; i < 150; i++) {
            cache.put(SessionCopies.fresh(), MINUTE);
        }

        assertThat(told.take()).hasSize(150 - cache.size()).containsOnly("evicted near");

        cache.sweep();

        assertThat(told.take()).containsExactly("swept near " + cache.size());
    }

    @Test
    void sweepingLeavesWhatHasNotExpired() {
        SessionCopy copy = SessionCopies.fresh();
        cache.put(copy, MINUTE.plusNanos(1));
        clock.advance(MINUTE);

        cache.sweep();

        assertThat(cache.get(copy.digest())).isEqualTo(copy);
    }

    @Test
    void aCopyThatWasPutAgainLivesByItsNewTime() {
        SessionCopy copy = SessionCopies.fresh();
        cache.put(copy, MINUTE);
        cache.put(copy, MINUTE.multipliedBy(2));
        clock.advance(MINUTE);

        cache.sweep();

        assertThat(cache.get(copy.digest())).isEqualTo(copy);
    }

    @Test
    void byItsFingerprintACopyIsGivenWithTheEndOfItsTime() {
        SessionCopy copy = SessionCopies.fresh();
        cache.put(copy, MINUTE);
        cache.identify(copy.digest(), 1, 2);

        TimedCopy kept = Objects.requireNonNull(cache.getTimed(1, 2));

        assertThat(kept.copy()).isEqualTo(copy);
        assertThat(kept.hasExpired(clock.nanoTime(), 0)).isFalse();
        clock.advance(MINUTE);
        assertThat(kept.hasExpired(clock.nanoTime(), 0)).isTrue();
    }

    @Test
    void whatIsDroppedByItsDigestIsNotFoundByItsFingerprint() {
        for (Consumer<TokenDigest> way : List.<Consumer<TokenDigest>>of(
                cache::invalidate,
                digest -> cache.clear(),
                digest -> cache.put(SessionCopies.copy(digest, 2), Duration.ZERO),
                digest -> {
                    clock.advance(MINUTE);
                    cache.sweep();
                })) {
            SessionCopy copy = SessionCopies.fresh();
            long fingerprint = copy.digest().b();
            cache.put(copy, MINUTE);
            cache.identify(copy.digest(), fingerprint, 2);

            way.accept(copy.digest());

            assertThat(cache.getTimed(fingerprint, 2)).isNull();
            assertThat(cache.size()).isZero();
        }
    }

    @Test
    void whatIsUsedStaysWhenThereIsNoRoom() {
        SessionCopy used = SessionCopies.fresh();
        cache.put(used, MINUTE);
        cache.identify(used.digest(), 1, 2);
        for (int i = 0; i < 1_000; i++) {
            cache.put(SessionCopies.fresh(), MINUTE);
            assertThat(cache.getTimed(1, 2)).isNotNull();
        }

        assertThat(cache.size()).isEqualTo(100);
    }
}
