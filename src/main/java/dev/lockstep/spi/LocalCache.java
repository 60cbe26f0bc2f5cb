package dev.lockstep.spi;

import dev.lockstep.SessionCache;

/**
 * A cache whose copies are at hand: to look into it asks nobody outside this machine, and takes
 * well under a microsecond. A hit proves more than a token's tag does; so the tag is looked at
 * behind a miss, where a token that nobody issued would begin to cost more. In front of any other
 * cache it is looked at first.
 */
public interface LocalCache extends SessionCache {

    /** Whether that is so of this one; always the same answer. */
    boolean isLocal();
}
