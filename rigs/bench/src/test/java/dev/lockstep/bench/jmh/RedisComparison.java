package dev.lockstep.bench.jmh;

import dev.lockstep.SessionCache;
import dev.lockstep.TokenDigest;
import dev.lockstep.bench.Node;
import dev.lockstep.cache.redis.RedisProcess;
import dev.lockstep.cache.wire.CacheKeys;
import dev.lockstep.contract.ContractContext;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import java.io.IOException;
import java.util.Map;

/** Redis, by one connection of Lettuce. */
final class RedisComparison implements Comparison {

    private final RedisProcess server = RedisProcess.server();
    private final RedisClient client = RedisClient.create(RedisURI.create("127.0.0.1", server.port()));
    private final RedisCommands<byte[], byte[]> commands =
            client.connect(ByteArrayCodec.INSTANCE).sync();
    private final CacheKeys keys = CacheKeys.of(Node.APPLICATION);

    RedisComparison() throws IOException {}

    @Override
    public SessionCache cache(ContractContext context) {
        return Comparison.cache("redis", Map.of("uri", "redis://127.0.0.1:" + server.port()), context);
    }

    @Override
    public void plant(TokenDigest digest, byte[] bytes) {
        commands.set(raw(digest), bytes);
    }

    @Override
    public byte[] get(TokenDigest digest) {
        return commands.get(raw(digest));
    }

    @Override
    public void close() {
        client.shutdown();
        server.close();
    }

    private byte[] raw(TokenDigest digest) {
        return keys.bytes(digest);
    }
}
