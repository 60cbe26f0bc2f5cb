package dev.lockstep.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;
import org.junit.jupiter.api.Test;

class TimingTest {

    private final Timing timing = new Timing(
            new Meter(
                    "lockstep.test",
                    Meter.Kind.TIMER,
                    Meter.SECONDS,
                    "",
                    List.of(),
                    List.of(Duration.ofMillis(10), Duration.ofMillis(100))),
            Map.of());

    @Test
    void aDurationIsInTheBucketWhoseBoundItDoesNotExceed() {
        timing.add(Duration.ofMillis(10));
        timing.add(Duration.ofMillis(10).plusNanos(1));
        timing.add(Duration.ofMillis(100));
        timing.add(Duration.ofSeconds(3));

        assertThat(timing.read().counts()).containsExactly(1L, 2L, 1L);
    }

    @Test
    void whereTheClockWasSetBackItTookNoTime() {
        timing.add(-5);

        assertThat(timing.read().counts()).containsExactly(1L, 0L, 0L);
        assertThat(timing.read().totalSeconds()).isZero();
    }

    @Test
    void aReadingHasCountSumMeanAndLongest() {
        timing.add(Duration.ofMillis(20));
        timing.add(Duration.ofMillis(40));

        Distribution read = timing.read();

        assertThat(read.count()).isEqualTo(2);
        assertThat(read.totalSeconds()).isEqualTo(.06);
        assertThat(read.meanSeconds()).isEqualTo(.03);
        assertThat(read.longestSeconds()).isEqualTo(.04);
    }

    @Test
    void aQuantileIsABoundOrTheLongest() {
        for (int i = 0; i < 98; i++) {
            timing.add(Duration.ofMillis(1));
        }
        timing.add(Duration.ofMillis(20));
        timing.add(Duration.ofSeconds(2));

        assertThat(timing.read().quantileSeconds(.5)).isEqualTo(.01);
        assertThat(timing.read().quantileSeconds(.99)).isEqualTo(.1);
        assertThat(timing.read().quantileSeconds(1)).isEqualTo(2);
    }

    @Test
    void aQuantileOfNothingIsZero() {
        assertThat(timing.read().quantileSeconds(.99)).isZero();
        assertThat(timing.read().meanSeconds()).isZero();
    }

    @Test
    void aQuantileIsNotAboveTheLongest() {
        timing.add(Duration.ofMillis(3));

        assertThat(timing.read().quantileSeconds(.99)).isEqualTo(.003);
    }

    @Test
    void followersAreToldUntilTheyLeave() {
        List<Long> told = new ArrayList<>();
        LongConsumer follower = told::add;
        timing.follow(follower);
        timing.add(7);
        timing.leave(follower);
        timing.add(8);

        assertThat(told).containsExactly(7L);
    }
}
