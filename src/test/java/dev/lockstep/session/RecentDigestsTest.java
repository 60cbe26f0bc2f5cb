package dev.lockstep.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.TokenDigest;
import dev.lockstep.contract.HandClock;
import dev.lockstep.contract.Samples;
import dev.lockstep.session.NegativeCache.RecentDigests;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RecentDigestsTest {

    private static final Duration PERIOD = Duration.ofMinutes(15);

    private final HandClock clock = new HandClock();
    private final RecentDigests digests = new RecentDigests(PERIOD, clock);
    private final TokenDigest digest = Samples.digest();

    @Test
    void aDigestIsThereForThePeriod() {
        digests.add(digest);

        clock.advance(PERIOD.minusNanos(1));
        assertThat(digests.contains(digest)).isTrue();

        clock.advance(Duration.ofNanos(1));
        assertThat(digests.contains(digest)).isFalse();
    }

    @Test
    void theWallClockEndsNothing() {
        digests.add(digest);

        clock.jump(Duration.ofDays(1));

        assertThat(digests.contains(digest)).isTrue();
    }

    @Test
    void oneThatWasRemovedMayEnterAgainForAWholePeriod() {
        digests.add(digest);
        digests.remove(digest);
        assertThat(digests.contains(digest)).isFalse();
        clock.advance(Duration.ofMinutes(1));
        digests.add(digest);

        clock.advance(PERIOD.minusMinutes(1));
        digests.add(Samples.digest());

        assertThat(digests.contains(digest)).isTrue();
    }

    @Test
    void ofTooManyTheOldestIsGivenUp() {
        digests.add(digest);
        for (int i = 1; i < RecentDigests.MAX_DIGESTS; i++) {
            digests.add(Samples.digest());
        }
        assertThat(digests.contains(digest)).isTrue();

        TokenDigest last = Samples.digest();
        digests.add(last);

        assertThat(digests.contains(digest)).isFalse();
        assertThat(digests.contains(last)).isTrue();
        assertThat(digests.size()).isEqualTo(RecentDigests.MAX_DIGESTS);
    }

    @Test
    void oneThatIsAddedAgainAndAgainTakesOnePlace() {
        digests.add(digest);
        TokenDigest again = Samples.digest();
        for (int i = 0; i < 2 * RecentDigests.MAX_DIGESTS; i++) {
            digests.add(again);
        }

        assertThat(digests.contains(digest)).isTrue();
    }

    @Test
    void thoseThatAreOverAreFreed() {
        digests.add(digest);
        digests.add(Samples.digest());
        clock.advance(PERIOD);

        digests.add(Samples.digest());

        assertThat(digests.size()).isEqualTo(1);
    }
}
