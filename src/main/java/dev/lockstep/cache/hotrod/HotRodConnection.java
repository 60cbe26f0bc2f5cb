package dev.lockstep.cache.hotrod;

import java.util.concurrent.atomic.AtomicInteger;
import org.infinispan.client.hotrod.RemoteCache;
import org.infinispan.client.hotrod.RemoteCacheManager;

/**
 * A client with its connections, one to each server, that many threads use at the same time.
 *
 * <p>Thread-safe.
 */
final class HotRodConnection implements AutoCloseable {

    /** A client on which this many operations in a row failed leads nowhere. */
    private static final int HOPELESS = 3;

    private final RemoteCacheManager manager;
    private final RemoteCache<byte[], byte[]> cache;
    private final AtomicInteger failed = new AtomicInteger();

    HotRodConnection(RemoteCacheManager manager, RemoteCache<byte[], byte[]> cache) {
        this.manager = manager;
        this.cache = cache;
    }

    RemoteCache<byte[], byte[]> cache() {
        return cache;
    }

    void answered() {
        if (failed.get() != 0) {
            failed.set(0);
        }
    }

    /** Whether an operation that failed was one too many. */
    boolean isHopeless() {
        return failed.incrementAndGet() >= HOPELESS;
    }

    @Override
    public void close() {
        manager.close();
    }
}
