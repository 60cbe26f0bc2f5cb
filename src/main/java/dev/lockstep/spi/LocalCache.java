package dev.lockstep.spi;

import dev.lockstep.SessionCache;

/**
 * A cache whose copies are at hand: to look into it asks nobody outside this machine, so it takes
 * no longer than to prove by a token's tag that the token was issued here. So the tag is looked at
 * behind a miss, where a token that was invented would begin to cost more; in front of any other
 * cache, it is looked at first.
 */
public interface LocalCache extends SessionCache {

    /** Whether that is so of this one; always the same answer. */
    boolean isLocal();
}
