package dev.lockstep.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.CacheException;
import dev.lockstep.SessionCache;
import dev.lockstep.SessionCopy;
import dev.lockstep.TokenDigest;
import dev.lockstep.cache.wire.CopyCodec;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * What a cache outside the JVM does: its nodes see each other, and what it holds may be anybody's.
 */
public abstract class SharedCacheContract extends RetainingCacheContract {

    private final CopyCodec codec = new CopyCodec();

    /** The same application's cache, opened a second time. */
    protected SessionCache second;

    /**
     * Writes a value behind the cache's back, under the key that it has for this digest, for an
     * hour.
     */
    protected abstract void plant(String application, TokenDigest digest, byte[] value) throws Exception;

    /** Whether the backend holds an entry under the key for this digest, whatever its value. */
    protected abstract boolean holds(String application, TokenDigest digest) throws Exception;

    @Override
    protected void openMore() {
        super.openMore();
        second = openAnotherNode();
    }

    /** That a cache with these settings instead of its own gets nothing from the backend. */
    protected final void assertRefused(Map<String, String> instead) throws Exception {
        Map<String, String> settings = new HashMap<>(settings());
        settings.putAll(instead);
        try (OpenedCaches caches = new OpenedCaches(provider(), "/refused")) {
            SessionCache refused = caches.open(settings);
            assertThatThrownBy(() -> refused.put(SessionCopies.fresh(), LONG)).isInstanceOf(CacheException.class);
            assertThatThrownBy(() -> refused.get(SessionCopies.fresh().digest()))
                    .isInstanceOf(CacheException.class);
        }
    }

    @Test
    void anotherNodeSeesAPut() {
        SessionCopy copy = SessionCopies.fresh();
        cache.put(copy, LONG);
        assertThat(second.get(copy.digest())).isEqualTo(copy);
    }

    @Test
    void anotherNodeSeesAReplacement() {
        SessionCopy copy = SessionCopies.fresh();
        SessionCopy later = SessionCopies.copy(copy.digest(), 2);
        cache.put(copy, LONG);
        second.put(later, LONG);
        assertThat(cache.get(copy.digest())).isEqualTo(later);
    }

    @Test
    void anotherNodeSeesAnInvalidation() {
        SessionCopy copy = SessionCopies.fresh();
        cache.put(copy, LONG);
        second.invalidate(copy.digest());
        assertThat(cache.get(copy.digest())).isNull();
    }

    @Test
    void anotherNodeSeesAClear() {
        SessionCopy copy = SessionCopies.fresh();
        cache.put(copy, LONG);
        second.clear();
        assertThat(cache.get(copy.digest())).isNull();
    }

    @Test
    void thePlantedIsFound() throws Exception {
        SessionCopy copy = SessionCopies.fresh();
        plant(application(), copy.digest(), codec.encode(copy));
        assertThat(cache.get(copy.digest())).isEqualTo(copy);
        assertThat(holds(application(), copy.digest())).isTrue();
    }

    @Test
    void garbageIsAMissAndDropped() throws Exception {
        SessionCopy copy = SessionCopies.fresh();
        byte[] whole = codec.encode(copy);
        for (byte[] garbage :
                new byte[][] {"no copy".getBytes(StandardCharsets.UTF_8), Arrays.copyOf(whole, whole.length - 1), {0}
                }) {
            plant(application(), copy.digest(), garbage);
            assertThat(cache.get(copy.digest())).isNull();
            assertThat(holds(application(), copy.digest())).isFalse();
        }
    }

    @Test
    void anotherDigestsCopyIsAMissAndDropped() throws Exception {
        SessionCopy copy = SessionCopies.fresh();
        TokenDigest key = SessionCopies.fresh().digest();
        plant(application(), key, codec.encode(copy));
        assertThat(cache.get(key)).isNull();
        assertThat(holds(application(), key)).isFalse();
    }
}
