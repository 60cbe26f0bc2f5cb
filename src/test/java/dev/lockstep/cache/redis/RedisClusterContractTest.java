package dev.lockstep.cache.redis;

import static org.awaitility.Awaitility.await;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.sync.RedisCommands;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;

/** Three masters. */
class RedisClusterContractTest extends RedisContract {

    private static final int SLOTS = 16_384;

    private final List<RedisProcess> nodes = new ArrayList<>();

    @Override
    protected void startBackend() throws Exception {
        for (int i = 0; i < 3; i++) {
            nodes.add(node());
        }
        for (int i = 0; i < 3; i++) {
            join(i);
        }
    }

    @AfterAll
    void stop() {
        nodes.forEach(RedisProcess::close);
    }

    @Override
    protected String backend() throws Exception {
        return RedisProcess.version() + ", cluster of 3";
    }

    @Override
    protected Map<String, String> settings() {
        String uris =
                nodes.stream().map(node -> "redis://127.0.0.1:" + node.port()).collect(Collectors.joining(","));
        return Map.of("uri", uris, "cluster", "true");
    }

    private static RedisProcess node() throws IOException {
        return RedisProcess.server("--cluster-enabled", "yes", "--cluster-node-timeout", "2000");
    }

    private void join(int i) {
        RedisClient client =
                RedisClient.create(RedisURI.create("127.0.0.1", nodes.get(i).port()));
        try (var connection = client.connect()) {
            RedisCommands<String, String> redis = connection.sync();
            redis.clusterAddSlots(
                    IntStream.range(SLOTS * i / 3, SLOTS * (i + 1) / 3).toArray());
            nodes.forEach(node -> redis.clusterMeet("127.0.0.1", node.port()));
            if (i == nodes.size() - 1) {
                await().atMost(Duration.ofSeconds(30))
                        .until(() -> redis.clusterInfo().contains("cluster_state:ok")
                                && redis.clusterInfo().contains("cluster_known_nodes:3"));
            }
        } finally {
            client.shutdown(Duration.ZERO, Duration.ofSeconds(2));
        }
    }
}
