package dev.lockstep.cache.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lockstep.TokenDigest;
import dev.lockstep.cache.remote.ReconnectingClient;
import dev.lockstep.cache.wire.CacheKeys;
import dev.lockstep.cache.wire.EncodedCache;
import dev.lockstep.spi.CacheContext;
import dev.lockstep.spi.CopySeal;
import io.lettuce.core.KeyScanCursor;
import io.lettuce.core.ScanArgs;
import io.lettuce.core.ScanCursor;
import io.lettuce.core.SetArgs;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Copies in Redis. Keys: prefix, application, a colon, and the digest in 64 hexadecimal digits;
 * values: sealed copies; each with its time to live (PX). Redis bounds their
 * number by its own {@code maxmemory}. No more of a value is read than a copy has, since a value
 * that somebody else has put may have half a gigabyte.
 *
 * <p>Thread-safe. An operation that is not answered within the deadline, or that Redis refuses,
 * throws a {@link dev.lockstep.CacheException}; without a connection it does so at once.
 */
final class RedisCache extends EncodedCache implements AutoCloseable {

    /**
     * Keys of one SCAN and UNLINK, which keep a server busy for under a millisecond (an estimate).
     */
    private static final int PAGE_KEYS = 1000;

    private final ReconnectingClient<RedisConnection> client;
    private final CacheKeys keys;

    private RedisCache(ReconnectingClient<RedisConnection> client, CacheKeys keys, CopySeal seal) {
        super(seal);
        this.client = client;
        this.keys = keys;
    }

    static RedisCache open(RedisSettings settings, CacheContext context) {
        CacheKeys keys = CacheKeys.of(settings.prefix(), context.application());
        return new RedisCache(connect(settings, context), keys, context.seal());
    }

    static ReconnectingClient<RedisConnection> connect(RedisSettings settings, CacheContext context) {
        RedisClients clients = new RedisClients(settings);
        return ReconnectingClient.open(clients, context, Runnable::run, RedisClients.CONNECT_TIMEOUT);
    }

    @Override
    public void invalidate(TokenDigest digest) {
        byte[] key = key(digest);
        client.call(redis -> redis.commands().unlink(key));
    }

    /**
     * Walks through all keys of the server: those that were there at the beginning are gone at the
     * end.
     */
    @Override
    public void clear() {
        ScanArgs ours = ScanArgs.Builder.limit(PAGE_KEYS).match(literally(keys.prefix()) + "*", UTF_8);
        for (ScanCursor cursor = ScanCursor.INITIAL; !cursor.isFinished(); ) {
            cursor = dropPage(cursor, ours);
        }
    }

    @Override
    public void close() {
        client.close();
    }

    @Override
    protected byte @Nullable [] read(TokenDigest digest) {
        byte[] key = key(digest);
        byte[] found = client.call(redis -> redis.commands().getrange(key, 0, CopySeal.MOST_BYTES));
        return found == null || found.length == 0 ? null : found;
    }

    @Override
    protected void write(TokenDigest digest, byte[] bytes, Duration timeToLive) {
        byte[] key = key(digest);
        SetArgs expiry = SetArgs.Builder.px(millis(timeToLive));
        client.call(redis -> redis.commands().set(key, bytes, expiry));
    }

    private ScanCursor dropPage(ScanCursor cursor, ScanArgs ours) {
        KeyScanCursor<byte[]> page = client.call(redis -> redis.commands().scan(cursor, ours));
        if (page == null) {
            return ScanCursor.FINISHED;
        }
        if (!page.getKeys().isEmpty()) {
            byte[][] found = page.getKeys().toArray(byte[][]::new);
            client.call(redis -> redis.commands().unlink(found));
        }
        return page;
    }

    private byte[] key(TokenDigest digest) {
        return keys.text(digest).getBytes(UTF_8);
    }

    /** A pattern that this text alone matches. */
    private static String literally(String text) {
        return text.replaceAll("[\\\\*?\\[\\]]", "\\\\$0");
    }
}
