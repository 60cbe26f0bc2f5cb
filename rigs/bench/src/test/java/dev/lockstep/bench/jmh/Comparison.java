package dev.lockstep.bench.jmh;

import dev.lockstep.SessionCache;
import dev.lockstep.TokenDigest;
import dev.lockstep.contract.ContractContext;
import dev.lockstep.contract.MapSettings;
import dev.lockstep.spi.SessionCacheProvider;
import java.util.Map;
import java.util.ServiceLoader;

/**
 * A backend with its server, if it has one: our cache on it, and its own client in the quickest way
 * of using it that we know. A new one has a line in {@link #open} and in {@link Bench}.
 */
interface Comparison extends AutoCloseable {

    static Comparison open(String name) throws Exception {
        return switch (name) {
            case "infinispan" -> new InfinispanComparison();
            case "redis" -> new RedisComparison();
            case "hotrod" -> new HotRodComparison();
            case "lmdb" -> new LmdbComparison();
            case "sqlite" -> new SqliteComparison();
            case "postgresql" -> new PostgresComparison();
            default -> throw new IllegalArgumentException(name);
        };
    }

    /** Opens our cache. Called once, first. */
    SessionCache cache(ContractContext context);

    /** Keeps bytes where {@link #get} finds them, which may be where our cache keeps its own. */
    void plant(TokenDigest digest, byte[] bytes) throws Exception;

    /** By the backend's own client. */
    byte[] get(TokenDigest digest) throws Exception;

    static SessionCache cache(String name, Map<String, String> settings, ContractContext context) {
        MapSettings read = new MapSettings(settings);
        SessionCache cache = ServiceLoader.load(SessionCacheProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(provider -> provider.name().equals(name))
                .findFirst()
                .orElseThrow()
                .configure(read)
                .open(context);
        if (!read.problems().isEmpty()) {
            throw new IllegalStateException(read.problems().toString());
        }
        return cache;
    }
}
