package dev.lockstep.bench.jmh;

import dev.lockstep.SessionCache;
import dev.lockstep.TokenDigest;
import dev.lockstep.cache.infinispan.RawInfinispan;
import dev.lockstep.contract.ContractContext;
import dev.lockstep.process.Ports;
import java.io.IOException;
import java.util.Map;

/** Infinispan embedded, one node, replicated: each node has all copies. */
final class InfinispanComparison implements Comparison {

    private final int port = Ports.free();
    private Map<byte[], byte[]> raw = Map.of();

    InfinispanComparison() throws IOException {}

    @Override
    public SessionCache cache(ContractContext context) {
        SessionCache cache =
                Comparison.cache("infinispan", Map.of("stack", "tcp", "bind-port", String.valueOf(port)), context);
        raw = RawInfinispan.of(cache);
        return cache;
    }

    @Override
    public void plant(TokenDigest digest, byte[] bytes) {
        raw.put(digest.toBytes(), bytes);
    }

    @Override
    public byte[] get(TokenDigest digest) {
        return raw.get(digest.toBytes());
    }

    @Override
    public void close() {}
}
