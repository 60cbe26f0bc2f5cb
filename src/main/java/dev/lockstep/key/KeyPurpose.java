package dev.lockstep.key;

import dev.lockstep.spi.KeyVersion;
import java.nio.charset.StandardCharsets;

/**
 * What keys are derived for; those of different purposes say nothing about each other. A label ends
 * with the version of the format of what its key is used on: another format gets another key, so
 * that nothing can be taken for something that it was not made as.
 */
public enum KeyPurpose {
    /** Seals copies of sessions that leave this JVM. */
    COPY("lockstep copy 1"),
    /** Authenticates what nodes tell each other. */
    CHANNEL("lockstep channel 1"),
    /** Marks tokens as issued here, which proves nothing: whatever bears a mark is looked up. */
    TOKEN("lockstep token 1");

    private final String label;

    KeyPurpose(String label) {
        this.label = label;
    }

    /** Whether a version serves this purpose: one that others may know must prove nothing. */
    boolean isServedBy(KeyVersion version) {
        return this == TOKEN || !version.isLeaked();
    }

    /**
     * What HKDF's {@code info} is: the label, a zero byte, and the application's name, since one
     * secret may be configured for several applications.
     */
    byte[] info(String application) {
        return (label + '\0' + application).getBytes(StandardCharsets.UTF_8);
    }
}
