package dev.lockstep.session;

import dev.lockstep.CacheException;
import dev.lockstep.SessionCache;
import dev.lockstep.SessionCopy;
import dev.lockstep.TokenDigest;
import dev.lockstep.spi.TimedCache;
import dev.lockstep.spi.TimedCache.TimedCopy;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The cached copies within this node's reach: the near cache, in this JVM, and behind it the shared one. A shared cache
 * that fails is a cache that has nothing.
 *
 * <p>Thread-safe.
 */
public final class Copies {

    private static final Logger LOG = System.getLogger(Copies.class.getName());

    private final @Nullable TimedCache near;
    private final @Nullable TimedCache shared;
    private final Duration timeToLive;
    private final CommonParts common = new CommonParts();

    /**
     * @param near a cache in this JVM, or null for none
     * @param shared a cache outside this JVM, or null for none
     * @param timeToLive how long copies are kept
     */
    public Copies(@Nullable SessionCache near, @Nullable SessionCache shared, Duration timeToLive) {
        this.near = near == null ? null : TimedCache.of(near);
        this.shared = shared == null ? null : TimedCache.of(shared);
        this.timeToLive = timeToLive;
    }

    boolean areShared() {
        return shared != null;
    }

    /** A copy of the near cache, perhaps past its time to live. */
    @Nullable
    TimedCopy getNear(TokenDigest digest) {
        return near == null ? null : near.getTimed(digest);
    }

    /** A copy of the shared cache, perhaps past its time to live. */
    @Nullable
    TimedCopy getShared(TokenDigest digest) {
        if (shared == null) {
            return null;
        }
        try {
            TimedCopy kept = shared.getTimed(digest);
            return kept == null || !kept.copy().digest().equals(digest) ? null : kept;
        } catch (CacheException e) {
            failed("read", e);
            return null;
        }
    }

    void putNear(SessionCopy copy) {
        if (near != null) {
            near.put(common.share(copy), timeToLive);
        }
    }

    void put(SessionCopy copy) {
        putNear(copy);
        if (shared != null) {
            try {
                shared.put(copy, timeToLive);
            } catch (CacheException e) {
                failed("written", e);
            }
        }
    }

    /** Drops this node's copies; what other nodes share is the business of the node that revoked. */
    void dropNear(TokenDigest digest) {
        if (near != null) {
            near.invalidate(digest);
        }
    }

    /** A courtesy to other nodes: without it they ask the store, and find out. */
    void dropShared(TokenDigest digest) {
        if (shared != null) {
            try {
                shared.invalidate(digest);
            } catch (CacheException e) {
                failed("written", e);
            }
        }
    }

    private static void failed(String how, CacheException e) {
        LOG.log(Level.DEBUG, () -> "The shared cache could not be " + how + "; the store is asked instead.", e);
    }
}
