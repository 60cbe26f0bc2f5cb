package dev.lockstep.cache.redis;

import dev.lockstep.TokenDigest;
import dev.lockstep.cache.remote.ReconnectingClient;
import dev.lockstep.cache.wire.CacheKeys;
import dev.lockstep.contract.MapSettings;
import dev.lockstep.contract.SharedCacheContract;
import dev.lockstep.spi.SessionCacheProvider;
import io.lettuce.core.KeyScanCursor;
import io.lettuce.core.ScanArgs;
import io.lettuce.core.ScanCursor;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;

/** The contracts against some arrangement of Redis servers. */
abstract class RedisContract extends SharedCacheContract {

    private static final String SENT = "total_net_output_bytes:";

    @AutoClose
    private ReconnectingClient<RedisConnection> raw;

    @BeforeAll
    void openARawConnection() throws Exception {
        var settings = new MapSettings(settings());
        raw = RedisCache.connect(RedisSettings.read(settings), context("raw").withTimeout(Duration.ofSeconds(5)));
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
        raw.call(redis -> redis.commands().set(key(application, digest), value));
    }

    @Override
    protected byte @Nullable [] raw(String application, TokenDigest digest) {
        byte[] value = value(key(application, digest));
        return value.length == 0 ? null : value;
    }

    @Override
    protected List<byte[]> everything(String application) {
        List<byte[]> all = new ArrayList<>();
        ScanArgs many = ScanArgs.Builder.limit(100_000);
        for (ScanCursor at = ScanCursor.INITIAL; !at.isFinished(); ) {
            ScanCursor from = at;
            KeyScanCursor<byte[]> page = raw.call(redis -> redis.commands().scan(from, many));
            for (byte[] key : page.getKeys()) {
                all.add(key);
                all.add(value(key));
            }
            at = page;
        }
        return all;
    }

    /** Empty where there is none. By the command that the cache's user may use. */
    private byte[] value(byte[] key) {
        return raw.call(redis -> redis.commands().getrange(key, 0, -1));
    }

    /** What a server has sent to all its clients. */
    final long sent() {
        String stats = raw.call(redis -> redis.commands().info("stats"));
        return stats.lines()
                .filter(line -> line.startsWith(SENT))
                .mapToLong(line -> Long.parseLong(line.substring(SENT.length())))
                .findFirst()
                .orElseThrow();
    }

    private static byte[] key(String application, TokenDigest digest) {
        return CacheKeys.of(application).text(digest).getBytes(StandardCharsets.UTF_8);
    }
}
