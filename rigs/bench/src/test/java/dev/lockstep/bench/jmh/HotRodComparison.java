package dev.lockstep.bench.jmh;

import dev.lockstep.SessionCache;
import dev.lockstep.TokenDigest;
import dev.lockstep.bench.Node;
import dev.lockstep.cache.hotrod.InfinispanServer;
import dev.lockstep.cache.wire.CacheKeys;
import dev.lockstep.contract.ContractContext;
import java.io.IOException;
import java.util.Map;
import org.infinispan.client.hotrod.DataFormat;
import org.infinispan.client.hotrod.RemoteCache;
import org.infinispan.client.hotrod.RemoteCacheManager;
import org.infinispan.client.hotrod.configuration.ClientIntelligence;
import org.infinispan.client.hotrod.configuration.ConfigurationBuilder;
import org.infinispan.commons.dataconversion.MediaType;
import org.infinispan.commons.marshall.IdentityMarshaller;

/** An Infinispan Server, by its own client, which has a connection for each operation under way. */
final class HotRodComparison implements Comparison {

    private static final String CACHE = "bench";

    private final InfinispanServer server = InfinispanServer.alone();
    private final CacheKeys keys = CacheKeys.of(Node.APPLICATION);
    private final RemoteCacheManager client;
    private final RemoteCache<byte[], byte[]> cache;

    HotRodComparison() throws IOException {
        server.awaitListening();
        client = new RemoteCacheManager(configuration().build());
        cache = client.<byte[], byte[]>getCache(CACHE).withDataFormat(bytes());
    }

    @Override
    public SessionCache cache(ContractContext context) {
        Map<String, String> settings = Map.of(
                "uri",
                "hotrod://127.0.0.1:" + server.port(),
                "user",
                InfinispanServer.USER,
                "password",
                InfinispanServer.PASSWORD,
                "cache",
                CACHE,
                "intelligence",
                "basic");
        return Comparison.cache("hotrod", settings, context);
    }

    @Override
    public void plant(TokenDigest digest, byte[] bytes) {
        cache.put(keys.bytes(digest), bytes);
    }

    @Override
    public byte[] get(TokenDigest digest) {
        return cache.get(keys.bytes(digest));
    }

    @Override
    public void close() {
        client.close();
        server.close();
    }

    private ConfigurationBuilder configuration() {
        ConfigurationBuilder builder = new ConfigurationBuilder();
        builder.addServer().host("127.0.0.1").port(server.port());
        builder.clientIntelligence(ClientIntelligence.BASIC)
                .marshaller(IdentityMarshaller.INSTANCE)
                .disableTracingPropagation();
        builder.security().authentication().username(InfinispanServer.USER).password(InfinispanServer.PASSWORD);
        builder.remoteCache(CACHE)
                .configuration("<local-cache name=\"" + CACHE + "\"><encoding media-type=\"application/octet-stream\"/>"
                        + "<memory max-count=\"100000\" when-full=\"REMOVE\"/></local-cache>");
        return builder;
    }

    private static DataFormat bytes() {
        return DataFormat.builder()
                .keyType(MediaType.APPLICATION_OCTET_STREAM)
                .valueType(MediaType.APPLICATION_OCTET_STREAM)
                .keyMarshaller(IdentityMarshaller.INSTANCE)
                .valueMarshaller(IdentityMarshaller.INSTANCE)
                .build();
    }
}
