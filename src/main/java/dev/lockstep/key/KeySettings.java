package dev.lockstep.key;

import dev.lockstep.spi.KeyRing;
import dev.lockstep.spi.KeyVersion;
import dev.lockstep.spi.Setting;
import dev.lockstep.spi.Settings;
import dev.lockstep.spi.Values;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The application's key, where it is configured. */
public final class KeySettings {

    private static final byte[] NUMBER = "lockstep version 1".getBytes(StandardCharsets.UTF_8);

    static final Setting<List<KeyVersion>> KEY = Setting.of(
            "key",
            Values.list(
                    KeyVersion.SHORTEST_SECRET
                            + " random bytes or more, in base64, as `openssl rand -base64 32` prints them",
                    KeySettings::version),
            "",
            "the application's key, the same on all nodes, for a store of your own that keeps none; several while it is"
                    + " changed: the first is used, all are accepted");

    /** All settings of this part. */
    public static final List<Setting<?>> SETTINGS = List.of(KEY);

    private KeySettings() {}

    /** Empty where no key is configured. */
    public static Optional<KeyRing> read(Settings settings) {
        Map<Long, KeyVersion> versions = new LinkedHashMap<>();
        settings.get(KEY).forEach(version -> versions.putIfAbsent(version.number(), version));
        return versions.isEmpty() ? Optional.empty() : Optional.of(new KeyRing(List.copyOf(versions.values())));
    }

    /** Reports a key that is configured although the store keeps one. */
    public static void refuse(Settings settings) {
        settings.refuse(
                KEY,
                "nothing, as the store keeps the application's key, and two keys would be one too many: remove the setting");
    }

    /**
     * Its number follows from the secret: so nodes with different secrets notice, and so does one
     * on which the order was changed.
     */
    private static KeyVersion version(String base64) {
        byte[] secret = Base64.getDecoder().decode(base64);
        byte[] extracted = Hkdf.extract(new byte[0], secret);
        try {
            long bits =
                    ByteBuffer.wrap(Hkdf.expand(extracted, NUMBER, Long.BYTES)).getLong();
            return new KeyVersion(1 + (bits >>> 2), secret, Instant.EPOCH);
        } finally {
            Arrays.fill(secret, (byte) 0);
            Arrays.fill(extracted, (byte) 0);
        }
    }
}
