package dev.lockstep.spi;

import java.time.Duration;

/**
 * Keeps the key of an application, beside the {@link RevocationLog} of the same store, whose
 * {@linkplain RevocationLog.LogPage#keyVersion polls} tell the version in force. A store that does
 * not implement this leaves the key to the configuration, {@code lockstep.key}.
 *
 * <p>What a call returns belongs to its caller, who {@linkplain KeyRing#destroy destroys} it when
 * everything has been derived from it.
 *
 * <p>Deadlines, errors and what a call sees are those of {@link SessionStore}.
 */
public interface KeyRingStore {

    /** What becomes of the versions before a new one. */
    enum Former {
        /** What was made with them stays good for as long as they are here. */
        STAYS,
        /** They are marked as {@linkplain KeyVersion#isLeaked leaked}, all that are here. */
        LEAKED
    }

    /**
     * The application's key. Where no version is in force, one is made of random bytes, at once
     * and only once: nodes that ask at the same time get the same one. It is durable before it is
     * returned.
     *
     * @param keep as for {@link #replaceKey}
     */
    KeyRing keyRing(Duration keep);

    /**
     * Puts a new version in force, of random bytes, if the given one still is, or none is: however
     * often and by however many nodes a version is replaced, it is replaced once. It is durable
     * before it is returned.
     *
     * @param number of the version to replace
     * @param keep for how long after its replacement a version may be needed, positive: one that
     *     was replaced longer ago is deleted whenever a new one is made, and no other, not even
     *     after a leak: sessions live on, and tokens are recognised by the version that they were
     *     made with
     * @param former what becomes of the others, if a new one is made; a mark stays for ever
     * @return the key as it is now
     */
    KeyRing replaceKey(long number, Duration keep, Former former);
}
