package dev.lockstep.session;

import dev.lockstep.CacheException;
import dev.lockstep.SessionCache;
import dev.lockstep.SessionCopy;
import dev.lockstep.TokenDigest;
import dev.lockstep.spi.LocalCache;
import dev.lockstep.spi.Lookup.Source;
import dev.lockstep.spi.NodeClock;
import dev.lockstep.spi.NodeListener;
import dev.lockstep.spi.SessionStore;
import dev.lockstep.spi.TimedCache;
import dev.lockstep.spi.TimedCache.TimedCopy;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The cached copies within this node's reach: the near cache, in this JVM, and behind it the shared
 * one. A shared cache that fails is a cache that has nothing.
 *
 * <p>Thread-safe. The store has the last word on what is here: what it
 * {@linkplain NegativeCache denies} is dropped, and neither comes back from a shared cache that
 * drops nothing, nor with a copy that was read before.
 */
public final class LayeredCache {

    private static final Logger LOG = System.getLogger(LayeredCache.class.getName());

    private final @Nullable TimedCache near;
    private final @Nullable TimedCache shared;
    private final boolean local;
    private final Duration timeToLive;
    private final NegativeCache negatives;
    private final NodeListener listener;

    /**
     * @param near a cache in this JVM, or null for none
     * @param shared a cache outside this JVM, or null for none
     * @param timeToLive how long copies are kept
     * @param clock this node's, by which it remembers what the store denied
     * @param listener told of what is put; must not throw
     */
    public LayeredCache(
            @Nullable SessionCache near,
            @Nullable SessionCache shared,
            Duration timeToLive,
            NodeClock clock,
            NodeListener listener) {
        this.near = near == null ? null : TimedCache.of(near);
        this.shared = shared == null ? null : TimedCache.of(shared);
        this.local = shared instanceof LocalCache cache && cache.isLocal();
        this.timeToLive = timeToLive;
        this.negatives = new NegativeCache(timeToLive, clock);
        this.listener = listener;
    }

    /** Copies of which nobody is told. */
    public LayeredCache(
            @Nullable SessionCache near, @Nullable SessionCache shared, Duration timeToLive, NodeClock clock) {
        this(near, shared, timeToLive, clock, NodeListener.NONE);
    }

    boolean areShared() {
        return shared != null;
    }

    /** Whether what they share is at hand, as {@link LocalCache} says. */
    boolean isSharedLocal() {
        return local;
    }

    /** Whether there is such a cache. */
    boolean has(Source cache) {
        return (cache == Source.NEAR ? near : shared) != null;
    }

    /** The cache in this JVM; null for none. */
    @Nullable
    TimedCache near() {
        return near;
    }

    /** A copy of the near cache, perhaps past its time to live. */
    @Nullable
    TimedCopy getNear(TokenDigest digest) {
        return near == null ? null : near.getTimed(digest);
    }

    /**
     * A copy of the shared cache, perhaps past its time to live; null where the store denied the
     * session to this node.
     */
    @Nullable
    TimedCopy getShared(TokenDigest digest) {
        return isDenied(digest) ? null : readShared(digest);
    }

    private @Nullable TimedCopy readShared(TokenDigest digest) {
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

    /** Whether the store has told this node, not long ago, that it has no such session. */
    boolean isDenied(TokenDigest digest) {
        return negatives.contains(digest);
    }

    /** To be taken before a copy that is going to be put is read. */
    int stamp(TokenDigest digest) {
        return negatives.stamp(digest);
    }

    /** @param stamp from before the copy was read */
    void putNear(SessionCopy copy, int stamp) {
        if (near != null) {
            near.put(copy, timeToLive);
            stored(Source.NEAR);
            if (negatives.stamp(copy.digest()) != stamp) {
                near.invalidate(copy.digest());
            }
        }
    }

    /**
     * Keeps a session that the store has just opened, under a digest that nobody has asked for yet.
     */
    void put(SessionCopy copy) {
        put(copy, negatives.stamp(copy.digest()));
    }

    /** Reads a session from the store, and keeps it. */
    @Nullable
    SessionCopy load(TokenDigest digest, SessionStore store) {
        int stamp = negatives.stamp(digest);
        SessionCopy loaded = store.find(digest);
        if (loaded == null) {
            negatives.add(digest);
        } else {
            put(loaded, stamp);
        }
        return loaded;
    }

    /** Replaces the copies of sessions by what the store has now, or drops them. */
    void refresh(List<TokenDigest> digests, SessionStore store) {
        List<Integer> stamps = digests.stream().map(negatives::stamp).toList();
        Map<TokenDigest, SessionCopy> found =
                store.findAll(digests).stream().collect(Collectors.toMap(SessionCopy::digest, copy -> copy));
        for (int i = 0; i < stamps.size(); i++) {
            SessionCopy copy = found.get(digests.get(i));
            if (copy == null) {
                deny(digests.get(i));
            } else {
                put(copy, stamps.get(i));
            }
        }
    }

    private void put(SessionCopy copy, int stamp) {
        if (!negatives.lift(copy.digest(), stamp)) {
            return;
        }
        putNear(copy, stamp);
        putShared(copy);
        if (negatives.stamp(copy.digest()) != stamp) {
            deny(copy.digest());
        }
    }

    private void putShared(SessionCopy copy) {
        if (shared != null) {
            try {
                shared.put(copy, timeToLive);
                stored(Source.SHARED);
            } catch (CacheException e) {
                failed("written", e);
            }
        }
    }

    /**
     * The store has no session under this digest: every copy of it is void, and what the
     * shared cache does not drop is not used. Blocks for as long as that cache does.
     */
    void deny(TokenDigest digest) {
        negatives.add(digest);
        if (getNear(digest) != null || readShared(digest) != null) {
            negatives.keep(digest);
        }
        dropNear(digest);
        dropShared(digest);
    }

    /**
     * Drops this node's copies; what other nodes share is the business of the node that revoked.
     */
    void dropNear(TokenDigest digest) {
        if (near != null) {
            near.invalidate(digest);
        }
    }

    /**
     * Drops all of this node's copies, those included that others have read from the shared cache
     * and are about to put: whoever could seal some may have made them.
     */
    void dropAllNear() {
        negatives.changeAllStamps();
        if (near != null) {
            near.clear();
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

    private void stored(Source cache) {
        if (listener != NodeListener.NONE) {
            listener.stored(cache);
        }
    }

    private static void failed(String how, CacheException e) {
        LOG.log(Level.DEBUG, () -> "The shared cache could not be " + how + "; the store is asked instead.", e);
    }
}
