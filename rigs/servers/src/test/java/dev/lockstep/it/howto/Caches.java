package dev.lockstep.it.howto;

import dev.lockstep.cache.hotrod.InfinispanServer;
import dev.lockstep.cache.redis.RedisProcess;
import dev.lockstep.docs.Block;
import dev.lockstep.process.Ports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.stream.Stream;
import org.infinispan.client.hotrod.RemoteCacheManager;
import org.infinispan.client.hotrod.configuration.ConfigurationBuilder;

/** What the caches of the how-tos keep their copies in. */
final class Caches implements AutoCloseable {

    /** The libraries of a cache, as its page prints them, by the cache's name. */
    static final Map<String, Block> LIBRARIES = Map.of(
            "infinispan", Block.printed("docs/howto/infinispan.md", "xml", 1),
            "hotrod", Block.printed("docs/howto/hotrod.md", "xml", 1),
            "redis", Block.printed("docs/howto/redis.md", "xml", 1),
            "database", Block.printed("docs/howto/database-cache.md", "xml", 1),
            "shared-memory", Block.printed("docs/howto/shared-memory.md", "xml", 1));

    private final Path folder;
    private final RedisProcess redis;
    private final InfinispanServer infinispan;

    private Caches(Path folder, RedisProcess redis, InfinispanServer infinispan) {
        this.folder = folder;
        this.redis = redis;
        this.infinispan = infinispan;
    }

    /** @param folder for those that are files */
    static Caches start(Path folder) throws IOException {
        return new Caches(folder, RedisProcess.server(), InfinispanServer.clustered());
    }

    /** The settings of each cache, by its name. */
    Map<String, String> settings() throws IOException {
        infinispan.awaitListening();
        return Map.of(
                "infinispan", infinispan(Ports.free()),
                "hotrod", """
                        lockstep.cache=hotrod
                        lockstep.hotrod.uri=hotrod://127.0.0.1:%d
                        lockstep.hotrod.user=%s
                        lockstep.hotrod.password=%s
                        """.formatted(infinispan.port(), InfinispanServer.USER, InfinispanServer.PASSWORD),
                "redis", """
                        lockstep.cache=redis
                        lockstep.redis.uri=redis://127.0.0.1:%d
                        """.formatted(redis.port()),
                "database", """
                        lockstep.cache=database
                        lockstep.database.url=%s
                        """.formatted(sqlite()),
                "shared-memory", """
                        lockstep.cache=shared-memory
                        lockstep.shared-memory.path=%s
                        """.formatted(memory()));
    }

    /** For a node that is a cluster by itself. */
    static String infinispan(int port) {
        return """
                lockstep.cache=infinispan
                lockstep.infinispan.bind-port=%1$d
                lockstep.infinispan.initial-hosts=127.0.0.1:%1$d
                """.formatted(port);
    }

    /** Those whose copies are outside of the nodes. */
    static Stream<String> outsideOfNodes() {
        return LIBRARIES.keySet().stream().filter(cache -> !cache.equals("infinispan"));
    }

    /** Whether a cache outside of the nodes has copies. */
    boolean hold(String cache) throws IOException, SQLException {
        return switch (cache) {
            case "redis" -> !RedisProcess.ask(redis.port(), "KEYS lockstep:*").equals("*0");
            case "hotrod" -> hasInfinispan();
            case "database" -> count(sqlite(), "") > 0;
            case "shared-memory" -> hasFiles();
            default -> throw new IllegalArgumentException(cache);
        };
    }

    /** How many copies the table of a database has. */
    static int count(String url, String user) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url, user, "");
                ResultSet row = connection.createStatement().executeQuery("SELECT COUNT(*) FROM lockstep_cache_1")) {
            row.next();
            return row.getInt(1);
        }
    }

    private boolean hasInfinispan() {
        ConfigurationBuilder client = new ConfigurationBuilder();
        client.addServer().host("127.0.0.1").port(infinispan.port());
        client.security().authentication().username(InfinispanServer.USER).password(InfinispanServer.PASSWORD);
        try (RemoteCacheManager manager = new RemoteCacheManager(client.build())) {
            return manager.getCache("lockstep").size() > 0;
        }
    }

    private boolean hasFiles() throws IOException {
        try (Stream<Path> files = Files.list(memory())) {
            return files.anyMatch(file -> file.toString().endsWith(".mdb"));
        }
    }

    private String sqlite() {
        return "jdbc:sqlite:" + folder.resolve("cache").resolve("copies.db");
    }

    private Path memory() {
        return folder.resolve("shared-memory");
    }

    @Override
    public void close() {
        try (redis;
                infinispan) {
            // both, whatever one throws
        }
    }
}
