package dev.lockstep.cache.redis;

import static dev.lockstep.contract.OpenedCaches.awaitAnswers;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lockstep.SessionCache;
import dev.lockstep.SessionCopy;
import dev.lockstep.contract.OpenedCaches;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A primary that dies, a replica that a sentinel promotes in its place, and a cache that asked the
 * sentinel.
 */
class RedisSentinelTest {

    private static final Duration LONG_ENOUGH = Duration.ofMinutes(1);

    private final OpenedCaches caches = new OpenedCaches(new RedisCacheProvider(), "/sentinel");
    private RedisProcess primary;
    private RedisProcess replica;
    private RedisProcess sentinel;

    @BeforeEach
    void start() throws IOException {
        primary = RedisProcess.server();
        replica = RedisProcess.server("--replicaof", "127.0.0.1", String.valueOf(primary.port()));
        sentinel = RedisProcess.sentinel(
                "sentinel monitor main 127.0.0.1 " + primary.port() + " 1",
                "sentinel down-after-milliseconds main 500",
                "sentinel failover-timeout main 3000");
        await().atMost(LONG_ENOUGH).until(() -> ask(primary, "INFO replication", "connected_slaves:1"));
        await().atMost(LONG_ENOUGH).until(() -> ask(sentinel, "SENTINEL MASTERS", "num-slaves\n1"));
    }

    @AfterEach
    void stop() throws Exception {
        caches.close();
        sentinel.close();
        replica.close();
        primary.close();
    }

    @Test
    void theCacheFollowsTheSentinelToTheNewPrimary() throws Exception {
        SessionCache cache = caches.open(
                Map.of("uri", "redis-sentinel://127.0.0.1:" + sentinel.port() + "#main"), Duration.ofMillis(500));
        SessionCopy copy = awaitAnswers(cache);
        await().atMost(LONG_ENOUGH).until(() -> ask(replica, "DBSIZE", ":1"));

        primary.kill();

        awaitAnswers(cache);
        assertThat(cache.get(copy.digest())).as("replicated before").isEqualTo(copy);
        assertThat(ask(replica, "INFO replication", "role:master")).isTrue();
    }

    /**
     * Whether the answer to an inline command holds a text; lengths (RESP's lines that begin with
     * $) are left out.
     */
    private static boolean ask(RedisProcess server, String command, String expected) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.setSoTimeout(5_000);
            socket.getOutputStream().write((command + "\r\nQUIT\r\n").getBytes(StandardCharsets.US_ASCII));
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
            StringBuilder answer = new StringBuilder();
            in.lines()
                    .filter(line -> !line.startsWith("$"))
                    .forEach(line -> answer.append(line).append('\n'));
            return answer.toString().contains(expected);
        }
    }
}
