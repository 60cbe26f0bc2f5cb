package dev.lockstep.concurrent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.contract.HandClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RateLimiterTest {

    private final HandClock clock = new HandClock();
    private final RateLimiter budget = new RateLimiter(1_000, 100, clock::nanoTime);

    @Test
    void moreThanThereIsCannotBeTaken() {
        assertThat(budget.take(1_001)).isFalse();
        assertThat(budget.take(1_000)).isTrue();
        assertThat(budget.take(1)).isFalse();
    }

    @Test
    void itGrowsByTimeUpToWhatThereIsAtMost() {
        assertThat(budget.take(1_000)).isTrue();

        clock.advance(Duration.ofMillis(10));
        assertThat(budget.take(1)).isTrue();
        assertThat(budget.take(1)).isFalse();

        clock.advance(Duration.ofHours(1));
        assertThat(budget.take(1_001)).isFalse();
        assertThat(budget.take(1_000)).isTrue();
        assertThat(budget.take(1)).isFalse();
    }
}
