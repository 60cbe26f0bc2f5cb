package dev.lockstep.cache.infinispan;

import dev.lockstep.SessionCache;
import java.util.Map;
import java.util.Random;
import org.infinispan.AdvancedCache;
import org.infinispan.context.Flag;

/** Infinispan's own operations, on the cache that ours uses. */
public final class RawInfinispan {

    private static final int KEY = 32;

    private RawInfinispan() {}

    public static Map<byte[], byte[]> of(SessionCache ours) {
        return raw(ours);
    }

    /**
     * A put that goes to all other nodes at once and waits for each to acknowledge: its key's
     * primary owner is this node.
     */
    public static Runnable acknowledgedPut(SessionCache ours) {
        AdvancedCache<byte[], byte[]> cache = raw(ours).withFlags(Flag.IGNORE_RETURN_VALUES);
        Random random = new Random(3);
        byte[] value = new byte[KEY];
        return () -> {
            byte[] key = new byte[KEY];
            do {
                random.nextBytes(key);
            } while (!cache.getDistributionManager()
                    .getCacheTopology()
                    .getDistribution(key)
                    .isPrimary());
            cache.put(key, value);
        };
    }

    private static AdvancedCache<byte[], byte[]> raw(SessionCache ours) {
        return ((InfinispanCache) ours).raw();
    }
}
