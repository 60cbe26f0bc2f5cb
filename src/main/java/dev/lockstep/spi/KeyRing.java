package dev.lockstep.spi;

import java.util.List;

/**
 * The key of an application: from its versions nodes derive what they seal copies with, tell each
 * other's messages by, and recognise tokens of their own by. What is new is made with the version
 * in force; what was made with a former one stays good for as long as that is here, but for
 * {@linkplain KeyVersion#isLeaked leaked} ones, by which nothing but tokens is recognised.
 *
 * @param versions the one in force first, then the former ones, from the youngest to the oldest;
 *     not empty, no two have the same number, and the one in force has not leaked
 */
public record KeyRing(List<KeyVersion> versions) {

    public KeyRing {
        versions = List.copyOf(versions);
        if (versions.isEmpty()
                || versions.stream().map(KeyVersion::number).distinct().count() < versions.size()) {
            throw new IllegalArgumentException("A key has versions, and each has a number of its own");
        }
        if (versions.get(0).isLeaked()) {
            throw new IllegalArgumentException("A version that has leaked is not in force");
        }
    }

    public KeyVersion inForce() {
        return versions.get(0);
    }

    /** Overwrites all secrets. */
    public void destroy() {
        versions.forEach(KeyVersion::destroy);
    }
}
