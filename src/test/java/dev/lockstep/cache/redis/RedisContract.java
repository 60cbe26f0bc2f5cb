package dev.lockstep.cache.redis;

import dev.lockstep.TokenDigest;
import dev.lockstep.cache.wire.CacheKeys;
import dev.lockstep.contract.MapSettings;
import dev.lockstep.contract.SharedCacheContract;
import dev.lockstep.spi.SessionCacheProvider;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;

/** The contracts against some arrangement of Redis servers. */
abstract class RedisContract extends SharedCacheContract {

    private RedisClients raw;

    @AutoClose
    private RedisLink link;

    @BeforeAll
    void openARawConnection() throws Exception {
        var settings = new MapSettings(settings());
        raw = new RedisClients(RedisSettings.read(settings));
        link = RedisLink.open(raw, Duration.ofSeconds(5), context("raw").scheduler());
    }

    @Override
    protected SessionCacheProvider provider() {
        return new RedisCacheProvider();
    }

    @Override
    protected boolean expiresByOurClock() {
        return false;
    }

    @Override
    protected void plant(String application, TokenDigest digest, byte[] value) {
        link.call(redis -> redis.set(key(application, digest), value));
    }

    @Override
    protected boolean holds(String application, TokenDigest digest) {
        return link.call(redis -> redis.exists(key(application, digest))) == 1;
    }

    private static byte[] key(String application, TokenDigest digest) {
        return CacheKeys.of(application).text(digest).getBytes(StandardCharsets.UTF_8);
    }
}
