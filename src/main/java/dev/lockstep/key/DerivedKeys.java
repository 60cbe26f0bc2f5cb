package dev.lockstep.key;

import dev.lockstep.spi.KeyRing;
import dev.lockstep.spi.KeyVersion;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** What is derived from all versions of the application's key. Immutable. */
final class DerivedKeys {

    /** Of a node that does not know the key, or for which there is none. */
    static final DerivedKeys NONE = new DerivedKeys(0, List.of(), Map.of());

    private final long inForce;
    private final List<Instant> createdAt;
    private final Map<KeyPurpose, List<DerivedKey>> keys;

    private DerivedKeys(long inForce, List<Instant> createdAt, Map<KeyPurpose, List<DerivedKey>> keys) {
        this.inForce = inForce;
        this.createdAt = createdAt;
        this.keys = keys;
    }

    /** Derives all that is needed of a key, which can be destroyed then. */
    static DerivedKeys of(KeyRing key, String application) {
        Map<KeyPurpose, List<DerivedKey>> keys = new EnumMap<>(KeyPurpose.class);
        for (KeyPurpose purpose : KeyPurpose.values()) {
            keys.put(
                    purpose,
                    key.versions().stream()
                            .map(version -> derive(version, purpose, application))
                            .toList());
        }
        return new DerivedKeys(
                key.inForce().number(),
                key.versions().stream().map(KeyVersion::createdAt).toList(),
                keys);
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

    /** Of all versions: the one in force first, then from the youngest to the oldest. */
    List<DerivedKey> all(KeyPurpose purpose) {
        return keys.getOrDefault(purpose, List.of());
    }

    /**
     * Which version to make something new with: the one in force, but only when it is so old that
     * every other node knows it; until then one before it that they know.
     *
     * @param settling how old that is
     * @return its place among {@link #all}; 0 where there are none
     */
    int toMakeWith(Instant now, Duration settling) {
        Instant old = now.minus(settling);
        int former = Math.min(1, Math.max(0, createdAt.size() - 1));
        return IntStream.range(0, createdAt.size())
                .filter(place -> !createdAt.get(place).isAfter(old))
                .findFirst()
                .orElse(former);
    }

    /** Whether one of the versions is as old as that. */
    boolean beganBy(Instant then) {
        return createdAt.stream().anyMatch(created -> !created.isAfter(then));
    }

    Optional<DerivedKey> at(KeyPurpose purpose, int place) {
        List<DerivedKey> all = all(purpose);
        return place < all.size() ? Optional.of(all.get(place)) : Optional.empty();
    }
}
