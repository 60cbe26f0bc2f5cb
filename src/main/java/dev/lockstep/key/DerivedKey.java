package dev.lockstep.key;

import javax.crypto.Mac;

/**
 * What one version of the application's key is for one purpose: 256 bits, which are never shown.
 * Immutable.
 */
public final class DerivedKey {

    private final KeyPurpose purpose;
    private final long version;
    private final byte[] bytes;

    /** @param bytes not copied, and not changed from now on */
    DerivedKey(KeyPurpose purpose, long version, byte[] bytes) {
        this.purpose = purpose;
        this.version = version;
        this.bytes = bytes;
    }

    /** The number of the version from which it was derived; no secret. */
    public long version() {
        return version;
    }

    /**
     * HMAC-SHA-256 under this key; new at each call, and used by one thread at a time. What it
     * makes is compared by {@link java.security.MessageDigest#isEqual}.
     */
    public Mac mac() {
        return Hkdf.mac(bytes);
    }

    /**
     * A key that is derived from this one (HKDF-Expand).
     *
     * @param info what it is for, such as the salt of a process
     * @param length in bytes; 1 to 8,160
     */
    public byte[] expand(byte[] info, int length) {
        return Hkdf.expand(bytes, info, length);
    }

    /** Without what is secret. */
    @Override
    public String toString() {
        return "DerivedKey[purpose=" + purpose + ", version=" + version + "]";
    }
}
