package dev.lockstep.cdi;

import dev.lockstep.SessionCache;
import dev.lockstep.SessionCopy;
import dev.lockstep.TokenDigest;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A cache as the application sees it, where a near cache stands in front: what is dropped is
 * dropped in both, behind first, so that nothing that was dropped in front comes back from there.
 * As thread-safe as the two.
 */
final class CacheBehindNear implements SessionCache {

    private final SessionCache behind;
    private final SessionCache near;

    CacheBehindNear(SessionCache behind, SessionCache near) {
        this.behind = behind;
        this.near = near;
    }

    @Override
    public @Nullable SessionCopy get(TokenDigest digest) {
        return behind.get(digest);
    }

    @Override
    public void put(SessionCopy copy, Duration timeToLive) {
        behind.put(copy, timeToLive);
    }

    @Override
    public void invalidate(TokenDigest digest) {
        try {
            behind.invalidate(digest);
        } finally {
            near.invalidate(digest);
        }
    }

    @Override
    public void clear() {
        try {
            behind.clear();
        } finally {
            near.clear();
        }
    }
}
