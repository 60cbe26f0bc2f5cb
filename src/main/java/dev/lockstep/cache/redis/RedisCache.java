package dev.lockstep.cache.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lockstep.SessionCache;
import dev.lockstep.SessionCopy;
import dev.lockstep.TokenDigest;
import dev.lockstep.cache.wire.CacheKeys;
import dev.lockstep.cache.wire.CopyCodec;
import dev.lockstep.spi.CacheContext;
import io.lettuce.core.KeyScanCursor;
import io.lettuce.core.ScanArgs;
import io.lettuce.core.ScanCursor;
import io.lettuce.core.SetArgs;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Copies in Redis. Keys: prefix, application, a colon, and the digest in 64 hexadecimal digits; values: the message
 * {@code SessionCopy}; each with its time to live (PX). Redis bounds their number by its own {@code maxmemory}.
 *
 * <p>Thread-safe. An operation that is not answered within the deadline, or that Redis refuses, throws a
 * {@link dev.lockstep.CacheException}; without a connection it does so at once.
 */
final class RedisCache implements SessionCache, AutoCloseable {

    private static final Duration FOREVER = Duration.ofDays(36_500);
    private static final int PAGE = 1000;

    private final RedisLink link;
    private final CacheKeys keys;
    private final CopyCodec codec = new CopyCodec();

    private RedisCache(RedisLink link, CacheKeys keys) {
        this.link = link;
        this.keys = keys;
    }

    static RedisCache open(RedisSettings settings, CacheContext context) {
        RedisLink link = RedisLink.open(new RedisClients(settings), context.timeout(), context.scheduler());
        return new RedisCache(link, CacheKeys.of(settings.prefix(), context.application()));
    }

    @Override
    public @Nullable SessionCopy get(TokenDigest digest) {
        byte[] key = key(digest);
        byte[] value = link.call(redis -> redis.get(key));
        if (value == null) {
            return null;
        }
        SessionCopy copy = codec.decode(value, digest);
        if (copy == null) {
            drop(key);
        }
        return copy;
    }

    @Override
    public void put(SessionCopy copy, Duration timeToLive) {
        if (timeToLive.isNegative() || timeToLive.isZero()) {
            invalidate(copy.digest());
            return;
        }
        byte[] key = key(copy.digest());
        byte[] value = codec.encode(copy);
        SetArgs expiry = SetArgs.Builder.px(millis(timeToLive));
        link.call(redis -> redis.set(key, value, expiry));
    }

    @Override
    public void invalidate(TokenDigest digest) {
        drop(key(digest));
    }

    /** Walks through all keys of the server: those that were there at the beginning are gone at the end. */
    @Override
    public void clear() {
        ScanArgs ours = ScanArgs.Builder.limit(PAGE).match(literally(keys.prefix()) + "*", UTF_8);
        for (ScanCursor cursor = ScanCursor.INITIAL; !cursor.isFinished(); ) {
            cursor = dropPage(cursor, ours);
        }
    }

    @Override
    public void close() {
        link.close();
    }

    private ScanCursor dropPage(ScanCursor cursor, ScanArgs ours) {
        KeyScanCursor<byte[]> page = link.call(redis -> redis.scan(cursor, ours));
        if (page == null) {
            return ScanCursor.FINISHED;
        }
        if (!page.getKeys().isEmpty()) {
            byte[][] found = page.getKeys().toArray(byte[][]::new);
            link.call(redis -> redis.unlink(found));
        }
        return page;
    }

    private void drop(byte[] key) {
        link.call(redis -> redis.unlink(key));
    }

    private byte[] key(TokenDigest digest) {
        return keys.text(digest).getBytes(UTF_8);
    }

    /** At least the one millisecond that Redis can count. */
    private static long millis(Duration timeToLive) {
        return timeToLive.compareTo(FOREVER) > 0 ? FOREVER.toMillis() : Math.max(1, timeToLive.toMillis());
    }

    /** A pattern that this text alone matches. */
    private static String literally(String text) {
        return text.replaceAll("[\\\\*?\\[\\]]", "\\\\$0");
    }
}
