package dev.lockstep.cache.sharedmemory.lmdb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.SessionCopy;
import dev.lockstep.contract.ContractSeals;
import dev.lockstep.contract.HandClock;
import dev.lockstep.contract.SessionCopies;
import dev.lockstep.spi.CopySeal;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LmdbEntryTest {

    private static final Duration LIFE = Duration.ofMinutes(15);
    private static final CopySeal SEAL = ContractSeals.of("/lmdb");

    private final HandClock clock = new HandClock();
    private final SessionCopy copy = SessionCopies.fresh();
    private final byte[] bytes = LmdbEntry.encode(SEAL.seal(copy), LIFE, clock);

    @Test
    void isAliveFromItsWritingToItsEnd() {
        assertThat(read(bytes)).isEqualTo(copy);
        clock.advance(LIFE.minusNanos(1_000_000));
        assertThat(read(bytes)).isEqualTo(copy);
        clock.advance(Duration.ofMillis(1));
        assertThat(read(bytes)).isNull();
    }

    @Test
    void aMachineThatSleptHasNotStoppedTheTime() {
        clock.sleep(LIFE.plusMillis(1));
        assertThat(read(bytes)).isNull();
    }

    @Test
    void aWallClockSetBackMakesItDead() {
        clock.jump(Duration.ofHours(-1));
        assertThat(read(bytes)).isNull();
    }

    @Test
    void aWallClockSetBackNeverMakesItLiveLonger() {
        clock.advance(Duration.ofMinutes(14));
        clock.jump(Duration.ofMinutes(-13));
        assertThat(read(bytes)).isEqualTo(copy);
        clock.advance(Duration.ofMinutes(1));
        assertThat(read(bytes)).isNull();
    }

    @Test
    void anotherMonotonicClockMakesItDead() {
        HandClock later = new HandClock();
        later.advance(Duration.ofSeconds(1));
        assertThat(read(LmdbEntry.encode(SEAL.seal(copy), LIFE, later))).isNull();
    }

    @Test
    void aChangeOfAnyByteIsNoticed() {
        for (int i = 0; i < bytes.length; i++) {
            byte[] changed = bytes.clone();
            changed[i] ^= 1;
            assertThat(LmdbEntry.decode(changed, copy.digest(), SEAL))
                    .as("byte " + i)
                    .isNull();
        }
    }

    @Test
    void anotherDigestsIsNone() {
        assertThat(LmdbEntry.decode(bytes, SessionCopies.fresh().digest(), SEAL))
                .isNull();
    }

    @Test
    void whatIsTooShortIsNone() {
        for (int length = 0; length < 28; length++) {
            assertThat(LmdbEntry.decode(new byte[length], copy.digest(), SEAL)).isNull();
            assertThat(LmdbEntry.expires(new byte[length])).isZero();
        }
    }

    private @Nullable SessionCopy read(byte[] bytes) {
        LmdbEntry entry = LmdbEntry.decode(bytes, copy.digest(), SEAL);
        assertThat(entry).isNotNull();
        return entry.hasExpired(clock.nanoTime(), clock.wallMillis()) ? null : entry.copy();
    }
}
