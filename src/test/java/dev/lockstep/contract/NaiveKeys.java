package dev.lockstep.contract;

import dev.lockstep.spi.KeyRing;
import dev.lockstep.spi.KeyRingStore.Former;
import dev.lockstep.spi.KeyVersion;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/** The key of a {@link NaiveStore}, under whose lock it is used: the version in force is first. */
final class NaiveKeys {

    private static final SecureRandom RANDOM = new SecureRandom();

    private final LongSupplier millis;
    private final List<KeyVersion> versions;

    NaiveKeys(LongSupplier millis) {
        this(millis, List.of());
    }

    private NaiveKeys(LongSupplier millis, List<KeyVersion> versions) {
        this.millis = millis;
        this.versions = new ArrayList<>(versions);
    }

    NaiveKeys copy() {
        return new NaiveKeys(millis, versions);
    }

    /** 0 where there is none. */
    long inForce() {
        return versions.isEmpty() ? 0 : versions.get(0).number();
    }

    KeyRing ring(Duration keep) {
        return inForce() == 0 ? replace(0, keep, Former.STAYS) : ring();
    }

    KeyRing replace(long number, Duration keep, Former former) {
        if (inForce() == number || inForce() == 0) {
            byte[] secret = new byte[KeyVersion.SHORTEST_SECRET];
            RANDOM.nextBytes(secret);
            Instant now = Instant.ofEpochMilli(millis.getAsLong());
            if (former == Former.LEAKED) {
                versions.replaceAll(
                        version -> new KeyVersion(version.number(), version.secret(), version.createdAt(), true));
            }
            versions.add(0, new KeyVersion(1 + (RANDOM.nextLong() >>> 2), secret, now));
            forgetReplaced(keep, now);
        }
        return ring();
    }

    private void forgetReplaced(Duration keep, Instant now) {
        Instant time = now.minus(keep);
        versions.stream()
                .map(KeyVersion::createdAt)
                .filter(created -> !created.isAfter(time))
                .max(Instant::compareTo)
                .ifPresent(youngest ->
                        versions.removeIf(version -> version.createdAt().isBefore(youngest)));
    }

    /** A copy, which its reader may destroy. */
    private KeyRing ring() {
        return new KeyRing(versions.stream()
                .map(version ->
                        new KeyVersion(version.number(), version.secret(), version.createdAt(), version.isLeaked()))
                .toList());
    }
}
