package dev.lockstep.cache.sharedmemory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.revocation.HandClock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class EntryTest {

    private static final Duration LIFE = Duration.ofMinutes(15);
    private static final byte[] PAYLOAD = "payload".getBytes(StandardCharsets.UTF_8);

    private final HandClock clock = new HandClock();
    private final byte[] entry = Entry.make(PAYLOAD, LIFE, clock);

    @Test
    void isAliveFromItsWritingToItsEnd() {
        assertThat(payload()).isEqualTo(PAYLOAD);
        clock.advance(LIFE.minusNanos(1_000_000));
        assertThat(payload()).isEqualTo(PAYLOAD);
        clock.advance(Duration.ofMillis(1));
        assertThat(payload()).isNull();
    }

    @Test
    void aMachineThatSleptHasNotStoppedTheTime() {
        clock.sleep(LIFE.plusMillis(1));
        assertThat(payload()).isNull();
    }

    @Test
    void aWallClockSetBackMakesItDead() {
        clock.jump(Duration.ofHours(-1));
        assertThat(payload()).isNull();
    }

    @Test
    void aWallClockSetBackNeverMakesItLiveLonger() {
        clock.advance(Duration.ofMinutes(14));
        clock.jump(Duration.ofMinutes(-13));
        assertThat(payload()).isEqualTo(PAYLOAD);
        clock.advance(Duration.ofMinutes(1));
        assertThat(payload()).isNull();
    }

    @Test
    void anotherMonotonicClockMakesItDead() {
        HandClock other = new HandClock();
        byte[] later = Entry.make(PAYLOAD, LIFE, laterBy(other, Duration.ofSeconds(1)));
        assertThat(Entry.payload(later, clock)).isNull();
    }

    @Test
    void aChangeOfAnyByteIsNoticed() {
        for (int i = 0; i < entry.length; i++) {
            byte[] changed = entry.clone();
            changed[i] ^= 1;
            assertThat(Entry.payload(changed, clock)).as("byte " + i).isNull();
        }
    }

    @Test
    void whatIsTooShortIsNone() {
        for (int length = 0; length < 28; length++) {
            assertThat(Entry.payload(new byte[length], clock)).isNull();
            assertThat(Entry.expires(new byte[length])).isZero();
        }
    }

    private byte[] payload() {
        return Entry.payload(entry, clock);
    }

    private static HandClock laterBy(HandClock clock, Duration time) {
        clock.advance(time);
        return clock;
    }
}
