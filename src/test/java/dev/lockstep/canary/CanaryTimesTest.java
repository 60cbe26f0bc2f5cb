package dev.lockstep.canary;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Looks follow each other the closer the sooner after the moment at which canaries end. */
class CanaryTimesTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final long BEGIN = 1_700_000_040_000L;

    @Test
    void canariesEndTogether() {
        assertThat(BEGIN % MINUTE.toMillis()).isZero();
        assertThat(CanaryTimes.end(BEGIN, MINUTE)).isEqualTo(BEGIN + 60_000);
        assertThat(CanaryTimes.end(BEGIN + 45_000, MINUTE)).isEqualTo(BEGIN + 60_000);
    }

    /** Else some nodes would not know it before its end. */
    @Test
    void aCanaryThatIsOpenedLateLivesForAnotherPeriod() {
        assertThat(CanaryTimes.end(BEGIN + 45_001, MINUTE)).isEqualTo(BEGIN + 120_000);
    }

    @Test
    void looksAreTwiceAsFarFromTheEndEachTimeAndAtEachQuarter() {
        assertThat(looks(MINUTE))
                .containsExactly(
                        0L, 50L, 100L, 200L, 400L, 800L, 1_600L, 3_200L, 6_400L, 12_800L, 15_000L, 25_600L, 30_000L,
                        45_000L, 51_200L);
        assertThat(looks(Canaries.LONGEST_PERIOD)).hasSize(21);
        assertThat(looks(Canaries.SHORTEST_PERIOD)).hasSizeLessThan(15).contains(1_250L);
    }

    private static List<Long> looks(Duration period) {
        long begin = BEGIN - BEGIN % period.toMillis();
        List<Long> looks = new ArrayList<>();
        for (long now = begin; now < begin + period.toMillis(); ) {
            looks.add(now - begin);
            now += CanaryTimes.untilNextLook(now, period).toMillis();
        }
        return looks;
    }
}
