package dev.lockstep.key;

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
    /** Marks tokens as issued here. */
    TOKEN("lockstep token 1");

    private final String label;

    KeyPurpose(String label) {
        this.label = label;
    }

    /**
     * What HKDF's {@code info} is: the label, a zero byte, and the application's name, since one
     * secret may be configured for several applications.
     */
    byte[] info(String application) {
        return (label + '\0' + application).getBytes(StandardCharsets.UTF_8);
    }
}
