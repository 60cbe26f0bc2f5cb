package dev.lockstep.chaos.backend;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lockstep.TokenDigest;
import dev.lockstep.cache.wire.CacheKeys;
import io.lettuce.core.RedisClient;
import io.lettuce.core.ScanArgs;
import io.lettuce.core.SetArgs;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;

/** What the nodes keep in Redis. */
final class RedisEntries implements Entries {

    private static final CacheKeys KEYS = CacheKeys.of("chaos");
    private static final long LIFE_MILLIS = 60_000;

    private final RedisClient client;
    private final RedisCommands<byte[], byte[]> redis;

    RedisEntries(int port) {
        client = RedisClient.create("redis://127.0.0.1:" + port);
        redis = client.connect(ByteArrayCodec.INSTANCE).sync();
    }

    @Override
    public List<TokenDigest> some(int most, Consumer<byte[]> contents) {
        List<TokenDigest> digests = new ArrayList<>();
        ScanArgs ours = ScanArgs.Builder.limit(most).match(KEYS.prefix() + "*", UTF_8);
        for (byte[] key : redis.scan(ours).getKeys()) {
            byte[] entry = redis.get(key);
            if (entry != null) {
                contents.accept(entry);
                String hex = new String(key, UTF_8).substring(KEYS.prefix().length());
                digests.add(TokenDigest.of(HexFormat.of().parseHex(hex)));
            }
        }
        return digests;
    }

    @Override
    public void put(TokenDigest digest, byte[] bytes) {
        redis.set(KEYS.text(digest).getBytes(UTF_8), bytes, SetArgs.Builder.px(LIFE_MILLIS));
    }

    @Override
    public void close() {
        client.shutdown();
    }
}
