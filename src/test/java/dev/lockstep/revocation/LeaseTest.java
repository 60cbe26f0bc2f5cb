package dev.lockstep.revocation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.contract.HandClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LeaseTest {

    @Test
    void itsStartKnowsHowLongAgoItWas() {
        HandClock clock = new HandClock();
        clock.advance(Duration.ofDays(3));
        Lease.Start start = Lease.Start.now(clock);

        clock.advance(Duration.ofSeconds(2));

        assertThat(start.elapsed(clock)).isEqualTo(Duration.ofSeconds(2));
    }
}
