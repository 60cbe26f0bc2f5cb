package dev.lockstep.cache.seal;

import dev.lockstep.cache.seal.SealedBytes.Origin;
import dev.lockstep.key.DerivedKey;
import java.util.Arrays;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * The keys of processes, each derived from a version of the application's key and the salt of the
 * process. One that has opened something is kept, so that it is derived once; whoever invents salts
 * gets none kept, so that they neither fill the memory nor take the place of an honest one, and
 * each costs one derivation and one opening that fails.
 *
 * <p>Thread-safe. Bounded: salts of processes that have long ended can be replayed, which empties
 * the table now and then and costs those of the living a derivation each.
 */
final class Subkeys {

    /** Far more than an application has processes at a time; some 200 KB. */
    static final int MOST = 1_024;

    private static final int BYTES = 32;

    private final ConcurrentMap<Origin, SecretKeySpec> proven = new ConcurrentHashMap<>();

    /** One that has opened something before. */
    @Nullable
    SecretKeySpec known(Origin origin) {
        return proven.get(origin);
    }

    /** @param from of the origin's version */
    SecretKeySpec derive(DerivedKey from, Origin origin) {
        byte[] bytes = from.expand(origin.salt(), BYTES);
        SecretKeySpec subkey = new SecretKeySpec(bytes, "AES");
        Arrays.fill(bytes, (byte) 0);
        return subkey;
    }

    /** Keeps one that has opened something, or has sealed it here. */
    void keep(Origin origin, SecretKeySpec subkey) {
        if (proven.size() >= MOST) {
            proven.clear();
        }
        proven.put(origin, subkey);
    }

    int size() {
        return proven.size();
    }
}
