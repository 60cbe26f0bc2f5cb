package dev.lockstep.cache.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.SessionCopy;
import dev.lockstep.contract.HandClock;
import dev.lockstep.contract.SessionCopies;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MemoryCacheTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final HandClock clock = new HandClock();
    private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
    private final MemoryCache cache = new MemoryCache(100, clock, scheduler);

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
}
