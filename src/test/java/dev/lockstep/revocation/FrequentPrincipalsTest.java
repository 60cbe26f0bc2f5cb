package dev.lockstep.revocation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.contract.HandClock;
import dev.lockstep.spi.RevocationTarget;
import dev.lockstep.spi.RevocationTarget.OfId;
import dev.lockstep.spi.RevocationTarget.OfPrincipal;
import java.time.Duration;
import java.util.Collections;
import org.junit.jupiter.api.Test;

/** Who has to wait for a row, and for how long. */
class FrequentPrincipalsTest {

    private static final RevocationTarget ALICE = new OfPrincipal("alice");

    private final HandClock clock = new HandClock();
    private final FrequentPrincipals frequent = new FrequentPrincipals(clock);

    @Test
    void aPrincipalWaitsFromTheEleventhRowOfAMinuteOn() {
        write(ALICE, FrequentPrincipals.MOST - 1);
        assertThat(frequent.isOne(ALICE)).isFalse();

        write(ALICE, 1);
        assertThat(frequent.isOne(ALICE)).isTrue();
        assertThat(frequent.isOne(new OfPrincipal("bob"))).isFalse();
    }

    @Test
    void eachMinuteBeginsAfresh() {
        for (int minute = 0; minute < 3; minute++) {
            write(ALICE, FrequentPrincipals.MOST);
            clock.advance(FrequentPrincipals.PERIOD.minus(Duration.ofNanos(1)));
            assertThat(frequent.isOne(ALICE)).isTrue();

            clock.advance(Duration.ofNanos(1));
            assertThat(frequent.isOne(ALICE)).isFalse();
        }
    }

    /** The row of one is found by whoever asks again, so that there is no second one. */
    @Test
    void noSessionIsOne() {
        RevocationTarget session = new OfId("session-1");
        write(session, FrequentPrincipals.MOST);

        assertThat(frequent.isOne(session)).isFalse();
    }

    private void write(RevocationTarget target, int rows) {
        frequent.written(Collections.nCopies(rows, target));
    }
}
