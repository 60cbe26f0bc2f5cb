package dev.lockstep.spi;

import java.util.List;

/**
 * The key of an application: from its versions nodes derive what they seal copies with, tell each
 * other's messages by, and recognise tokens of their own by. What is new is made with the version
 * in force; what was made with a former one stays good for as long as that is here.
 *
 * @param versions the one in force first, then the former ones, from the youngest to the oldest;
 *     not empty, and no two have the same number
 */
public record KeyRing(List<KeyVersion> versions) {

    public KeyRing {
        versions = List.copyOf(versions);
        if (versions.isEmpty()
                || versions.stream().map(KeyVersion::number).distinct().count() < versions.size()) {
            throw new IllegalArgumentException("A key has versions, and each has a number of its own");
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
