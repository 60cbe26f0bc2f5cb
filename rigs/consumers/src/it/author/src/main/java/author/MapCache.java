package author;

import dev.lockstep.SessionCopy;
import dev.lockstep.TokenDigest;
import dev.lockstep.spi.ExpiringCache;
import dev.lockstep.spi.NodeClock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Copies in a map of this JVM. */
final class MapCache extends ExpiringCache {

    private record Kept(SessionCopy copy, long since, long nanos) {}

    private final Map<TokenDigest, Kept> entries = new ConcurrentHashMap<>();
    private final NodeClock clock;

    MapCache(NodeClock clock) {
        this.clock = clock;
    }

    @Override
    public SessionCopy get(TokenDigest digest) {
        Kept kept = entries.get(digest);
        return kept == null || clock.nanoTime() - kept.since >= kept.nanos ? null : kept.copy;
    }

    @Override
    protected void keep(SessionCopy copy, Duration timeToLive) {
        entries.put(copy.digest(), new Kept(copy, clock.nanoTime(), timeToLive.toNanos()));
    }

    @Override
    public void invalidate(TokenDigest digest) {
        entries.remove(digest);
    }

    @Override
    public void clear() {
        entries.clear();
    }
}
