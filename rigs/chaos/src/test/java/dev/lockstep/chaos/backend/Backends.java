package dev.lockstep.chaos.backend;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The backends by the names that {@code chaos.cache} and {@code chaos.channel} take. */
public final class Backends {

    private Backends() {}

    /**
     * Starts what a cache needs.
     *
     * @param cache the cache's name; {@code database} is on SQLite, {@code database-postgresql} on
     *     PostgreSQL
     * @param directory where it may write
     * @param nodes how many nodes there are
     */
    public static Backend start(String cache, Path directory, int nodes) throws IOException, InterruptedException {
        Files.createDirectories(directory);
        return switch (cache) {
            case "redis" -> RedisBackend.start(directory);
            case "database" -> new SqliteBackend(directory);
            case "database-postgresql" -> PostgresBackend.start(directory);
            case "hotrod" -> HotRodBackend.start();
            case "shared-memory" -> new SharedMemoryBackend(directory);
            case "infinispan" -> InfinispanBackend.start(directory, nodes);
            default -> new NoBackend();
        };
    }

    /** Starts what a channel needs beside the store. */
    public static Backend ofChannel(String channel, Path directory) throws IOException {
        return channel.equals("redis") ? RedisPokes.start(Files.createDirectories(directory)) : new NoBackend();
    }

    /** The name of the cache itself. */
    public static String cacheOf(String cache) {
        return cache.equals("database-postgresql") ? "database" : cache;
    }
}
