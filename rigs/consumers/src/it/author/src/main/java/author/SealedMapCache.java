package author;

import dev.lockstep.SessionCopy;
import dev.lockstep.TokenDigest;
import dev.lockstep.spi.CopySeal;
import dev.lockstep.spi.ExpiringCache;
import java.time.Duration;
import java.util.Map;

/** Copies as sealed bytes, in a map that may be anybody's; without times to live, for brevity. */
final class SealedMapCache extends ExpiringCache {

    private final Map<TokenDigest, byte[]> backend;
    private final CopySeal seal;

    SealedMapCache(Map<TokenDigest, byte[]> backend, CopySeal seal) {
        this.backend = backend;
        this.seal = seal;
    }

    @Override
    public SessionCopy get(TokenDigest digest) {
        byte[] bytes = backend.get(digest);
        return bytes == null ? null : seal.open(digest, bytes); // null for what is not ours: a miss
    }

    @Override
    protected void keep(SessionCopy copy, Duration timeToLive) {
        byte[] sealed = seal.seal(copy);
        if (sealed != null) { // there is no key yet
            backend.put(copy.digest(), sealed);
        }
    }

    @Override
    public void invalidate(TokenDigest digest) {
        backend.remove(digest);
    }

    @Override
    public void clear() {
        backend.clear();
    }
}
