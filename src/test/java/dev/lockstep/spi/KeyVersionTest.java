package dev.lockstep.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeyVersionTest {

    private static final KeyVersion VERSION = new KeyVersion(1, bytes(1), Instant.EPOCH);

    @Test
    void whatIsGivenAndWhatIsReadAreCopies() {
        byte[] given = bytes(7);
        KeyVersion version = new KeyVersion(1, given, Instant.EPOCH);
        Arrays.fill(given, (byte) 0);
        Arrays.fill(version.secret(), (byte) 0);

        assertThat(version.secret()).isEqualTo(bytes(7));
        version.destroy();
        assertThat(version.secret()).isEqualTo(bytes(0));
    }

    @Test
    void versionsAreEqualByAllThatTheyAre() {
        assertThat(new KeyVersion(1, bytes(1), Instant.EPOCH))
                .isEqualTo(VERSION)
                .hasSameHashCodeAs(VERSION);
        assertThat(List.of(
                        new KeyVersion(2, bytes(1), Instant.EPOCH),
                        new KeyVersion(1, bytes(2), Instant.EPOCH),
                        new KeyVersion(1, bytes(1), Instant.EPOCH.plusMillis(1)),
                        new KeyVersion(1, bytes(1), Instant.EPOCH, true)))
                .doesNotContain(VERSION);
    }

    @Test
    void aSecretIsNotTooShortAndANumberPositive() {
        assertThatThrownBy(() -> new KeyVersion(1, new byte[KeyVersion.SHORTEST_SECRET - 1], Instant.EPOCH))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new KeyVersion(0, bytes(1), Instant.EPOCH))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aKeyHasVersionsOfDifferentNumbers() {
        assertThatThrownBy(() -> new KeyRing(List.of())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new KeyRing(List.of(VERSION, new KeyVersion(1, bytes(2), Instant.EPOCH))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aLeakedVersionIsNotInForce() {
        KeyVersion leaked = new KeyVersion(2, bytes(2), Instant.EPOCH, true);

        assertThat(new KeyRing(List.of(VERSION, leaked)).inForce().isLeaked()).isFalse();
        assertThatThrownBy(() -> new KeyRing(List.of(leaked, VERSION))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void nothingOfTheSecretIsShown() {
        assertThat(VERSION).hasToString("KeyVersion[number=1, createdAt=1970-01-01T00:00:00Z, leaked=false]");
        assertThat(new KeyRing(List.of(VERSION)).toString())
                .isEqualTo("KeyRing[versions=[KeyVersion[number=1, createdAt=1970-01-01T00:00:00Z, leaked=false]]]");
    }

    private static byte[] bytes(int of) {
        byte[] bytes = new byte[KeyVersion.SHORTEST_SECRET];
        Arrays.fill(bytes, (byte) of);
        return bytes;
    }
}
