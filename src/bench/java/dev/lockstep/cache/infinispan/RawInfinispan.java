package dev.lockstep.cache.infinispan;

import dev.lockstep.SessionCache;
import java.util.function.UnaryOperator;

/** Infinispan's own get, on the cache that ours uses. */
public final class RawInfinispan {

    private RawInfinispan() {}

    public static UnaryOperator<byte[]> get(SessionCache ours) {
        return ((InfinispanCache) ours).raw()::get;
    }
}
