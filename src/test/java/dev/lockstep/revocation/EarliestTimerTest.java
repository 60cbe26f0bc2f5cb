package dev.lockstep.revocation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.contract.HandClock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** When an alarm rings, by a clock that is moved by hand. */
class EarliestTimerTest {

    private final HandClock clock = new HandClock();
    private final HandScheduler timer = new HandScheduler(clock);
    private final AtomicInteger rings = new AtomicInteger();
    private final EarliestTimer alarm = new EarliestTimer(clock, timer, rings::incrementAndGet);

    @Test
    void itRingsOnceAtTheEarliestOfItsMoments() {
        setForSecond(3);
        setForSecond(2);
        setForSecond(4);

        timer.advance(Duration.ofMillis(1_999));
        assertThat(rings).hasValue(0);
        timer.advance(Duration.ofSeconds(5));
        assertThat(rings).hasValue(1);
    }

    @Test
    void aMomentThatItIsSetForNeedsNoOtherTimer() {
        setForSecond(3);
        timer.failsOnce = true;

        setForSecond(3);

        assertThat(timer.failsOnce).isTrue();
    }

    @Test
    void oneThatCouldNotBeSetEarlierRingsWhenItWasToBefore() {
        setForSecond(3);
        timer.failsOnce = true;
        assertThatThrownBy(() -> setForSecond(2)).isInstanceOf(OutOfMemoryError.class);

        timer.advance(Duration.ofSeconds(3));

        assertThat(rings).hasValue(1);
    }

    @Test
    void oneThatCouldNotBeSetCanBeSetAgain() {
        timer.failsOnce = true;
        assertThatThrownBy(() -> setForSecond(2)).isInstanceOf(OutOfMemoryError.class);

        setForSecond(3);
        timer.advance(Duration.ofSeconds(3));

        assertThat(rings).hasValue(1);
    }

    private void setForSecond(int seconds) {
        alarm.setFor(clock.nanoTime() + Duration.ofSeconds(seconds).toNanos());
    }
}
