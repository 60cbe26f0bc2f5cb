package dev.lockstep.contract;

import dev.lockstep.cache.seal.SealedCopies;
import dev.lockstep.key.ApplicationKey;
import dev.lockstep.spi.CopySeal;
import dev.lockstep.spi.KeyRing;
import dev.lockstep.spi.KeyVersion;
import dev.lockstep.spi.NodeClock;
import dev.lockstep.spi.NodeListener;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/** Seals by a key that all nodes of a test have, and by others. */
public final class ContractSeals {

    /** The version of the key that nodes of tests have. */
    public static final long VERSION = 1;

    private ContractSeals() {}

    /** By the key that all have. */
    public static CopySeal of(String application) {
        return of(application, NodeListener.NONE, VERSION);
    }

    /** @param versions of the key, the one in force first; the secret of each is its number */
    public static CopySeal of(String application, NodeListener listener, long... versions) {
        ApplicationKey key = key(application, versions);
        return new SealedCopies(application, "tested", () -> key, listener);
    }

    public static ApplicationKey key(String application, long... versions) {
        List<KeyVersion> all =
                Arrays.stream(versions).mapToObj(ContractSeals::version).toList();
        return ApplicationKey.configured(application, new KeyRing(all), Duration.ofDays(1), NodeClock.SYSTEM);
    }

    private static KeyVersion version(long number) {
        byte[] secret = new byte[KeyVersion.SHORTEST_SECRET];
        Arrays.fill(secret, (byte) number);
        return new KeyVersion(number, secret, Instant.EPOCH);
    }
}
