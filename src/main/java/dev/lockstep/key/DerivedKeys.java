package dev.lockstep.key;

import dev.lockstep.spi.KeyRing;
import dev.lockstep.spi.KeyVersion;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** What is derived from all versions of the application's key. Immutable. */
final class DerivedKeys {

    /** Of a node that does not know the key, or for which there is none. */
    static final DerivedKeys NONE = new DerivedKeys(0, List.of(), Map.of());

    private final long inForce;
    private final List<Instant> createdAt;
    private final Map<KeyPurpose, Versions> versions;

    private DerivedKeys(long inForce, List<Instant> createdAt, Map<KeyPurpose, Versions> versions) {
        this.inForce = inForce;
        this.createdAt = createdAt;
        this.versions = versions;
    }

    /** Derives all that is needed of a key, which can be destroyed then. */
    static DerivedKeys of(KeyRing key, String application) {
        Map<KeyPurpose, Versions> versions = new EnumMap<>(KeyPurpose.class);
        for (KeyPurpose purpose : KeyPurpose.values()) {
            List<KeyVersion> serving =
                    key.versions().stream().filter(purpose::isServedBy).toList();
            versions.put(
                    purpose,
                    new Versions(
                            serving.stream()
                                    .map(version -> derive(version, purpose, application))
                                    .toList(),
                            createdAt(serving)));
        }
        return new DerivedKeys(key.inForce().number(), createdAt(key.versions()), versions);
    }

    private static List<Instant> createdAt(List<KeyVersion> versions) {
        return versions.stream().map(KeyVersion::createdAt).toList();
    }

    private static DerivedKey derive(KeyVersion version, KeyPurpose purpose, String application) {
        byte[] secret = version.secret();
        byte[] extracted = Hkdf.extract(new byte[0], secret);
        byte[] derived = Hkdf.expand(extracted, purpose.info(application), Hkdf.HASH_LENGTH);
        Arrays.fill(secret, (byte) 0);
        Arrays.fill(extracted, (byte) 0);
        return new DerivedKey(purpose, version.number(), derived);
    }

    /** The number of the version in force; 0 where there is none. */
    long inForce() {
        return inForce;
    }

    /**
     * Of all versions that serve a purpose: the one in force first, then from the youngest to the
     * oldest.
     */
    List<DerivedKey> all(KeyPurpose purpose) {
        Versions serving = versions.get(purpose);
        return serving == null ? List.of() : serving.keys;
    }

    /** Whether what serves a purpose here has a version for each that serves it there. */
    boolean trustsAllOf(DerivedKeys former, KeyPurpose purpose) {
        return former.all(purpose).stream()
                .allMatch(trusted -> all(purpose).stream().anyMatch(key -> key.version() == trusted.version()));
    }

    /**
     * What to make something new with, for each purpose: with the version in force, but only when
     * it is so old that every other node knows it; until then with one before it that they know.
     *
     * @param settling how old that is
     * @return empty where there is no key
     */
    Map<KeyPurpose, DerivedKey> toMakeWith(Instant now, Duration settling) {
        Map<KeyPurpose, DerivedKey> made = new EnumMap<>(KeyPurpose.class);
        versions.forEach((purpose, serving) -> made.put(purpose, serving.toMakeWith(now, settling)));
        return made;
    }

    /** Whether one of the versions is as old as that. */
    boolean beganBy(Instant then) {
        return createdAt.stream().anyMatch(created -> !created.isAfter(then));
    }

    /** In the order of the key; the one in force is among them, as it serves all purposes. */
    private record Versions(List<DerivedKey> keys, List<Instant> createdAt) {

        /** By the store's clock, which shows no less than when it made the one in force. */
        DerivedKey toMakeWith(Instant now, Duration settling) {
            Instant inForce = createdAt.get(0);
            Instant old = (now.isBefore(inForce) ? inForce : now).minus(settling);
            int former = Math.min(1, createdAt.size() - 1);
            return keys.get(IntStream.range(0, createdAt.size())
                    .filter(place -> !createdAt.get(place).isAfter(old))
                    .findFirst()
                    .orElse(former));
        }
    }
}
