package dev.lockstep.key;

import dev.lockstep.spi.KeyRing;
import dev.lockstep.spi.KeyVersion;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.stream.Stream;

/** Keys of tests: the secret of a version is its number, over and over. */
final class Keys {

    static final Instant START = Instant.ofEpochMilli(1_700_000_000_000L);

    private Keys() {}

    /** @param age in seconds, at {@link #START} */
    static KeyVersion version(int number, long age) {
        return version(number, age, false);
    }

    /** The same; somebody else may know it. */
    static KeyVersion leaked(int number, long age) {
        return version(number, age, true);
    }

    private static KeyVersion version(int number, long age, boolean leaked) {
        byte[] secret = new byte[KeyVersion.SHORTEST_SECRET];
        Arrays.fill(secret, (byte) number);
        return new KeyVersion(number, secret, START.minus(Duration.ofSeconds(age)), leaked);
    }

    static KeyRing ring(KeyVersion... versions) {
        return new KeyRing(Stream.of(versions).toList());
    }
}
