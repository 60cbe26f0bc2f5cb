package dev.lockstep.bench.jmh;

import dev.lockstep.SessionCache;
import dev.lockstep.TokenDigest;
import dev.lockstep.cache.infinispan.RawInfinispan;
import dev.lockstep.contract.ContractContext;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Infinispan embedded, one node, replicated: each node has all copies. */
final class InfinispanBackend implements Backend {

    private UnaryOperator<byte[]> raw = key -> key;

    @Override
    public SessionCache cache(ContractContext context) {
        SessionCache cache = Backend.cache("infinispan", Map.of("stack", "tcp", "bind-port", "17800"), context);
        raw = RawInfinispan.get(cache);
        return cache;
    }

    @Override
    public void plant(TokenDigest digest, byte[] bytes) {}

    @Override
    public byte[] get(TokenDigest digest) {
        return raw.apply(digest.toBytes());
    }

    @Override
    public void close() {}
}
