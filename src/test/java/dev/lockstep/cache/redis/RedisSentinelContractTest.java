package dev.lockstep.cache.redis;

import static org.awaitility.Awaitility.await;

import dev.lockstep.CacheException;
import dev.lockstep.SessionCopy;
import dev.lockstep.contract.SessionCopies;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** A master and a replica, watched by a sentinel. */
@TestMethodOrder(OrderAnnotation.class)
class RedisSentinelContractTest extends RedisContract {

    private final List<RedisProcess> started = new ArrayList<>();
    private RedisProcess master;
    private RedisProcess replica;
    private RedisProcess sentinel;

    @Override
    protected void startBackend() throws Exception {
        master = keep(RedisProcess.server("--repl-diskless-sync", "yes", "--repl-diskless-sync-delay", "0"));
        replica = keep(RedisProcess.server("--replicaof", "127.0.0.1", String.valueOf(master.port())));
        awaitReplication();
        sentinel = keep(RedisProcess.sentinel(
                "sentinel monitor lockstep 127.0.0.1 " + master.port() + " 1",
                "sentinel down-after-milliseconds lockstep 500",
                "sentinel failover-timeout lockstep 5000"));
        awaitThatTheSentinelKnowsTheReplica();
    }

    @AfterAll
    void stop() {
        started.forEach(RedisProcess::close);
    }

    @Override
    protected String backend() {
        return "Redis 6.2.11, sentinel";
    }

    @Override
    protected Map<String, String> settings() {
        return Map.of("uri", "redis-sentinel://127.0.0.1:" + sentinel.port() + "#lockstep");
    }

    /** The connection to a paused server stays as it is; only the sentinel knows that the server is the master no more. */
    @Test
    @Order(1_000_000_000)
    void afterAFailoverTheNewMasterIsUsed() throws Exception {
        master.pause();
        awaitPuts();
        master.resume();
        awaitPuts();
    }

    private void awaitPuts() {
        await().atMost(Duration.ofSeconds(60))
                .ignoreExceptionsInstanceOf(CacheException.class)
                .until(() -> {
                    SessionCopy copy = SessionCopies.fresh();
                    cache.put(copy, LONG);
                    return copy.equals(cache.get(copy.digest()));
                });
    }

    private void awaitReplication() {
        awaitInfo(replica, "replication", "master_link_status:up");
    }

    private void awaitThatTheSentinelKnowsTheReplica() {
        awaitInfo(sentinel, "sentinel", "slaves=1");
    }

    private static void awaitInfo(RedisProcess process, String section, String expected) {
        RedisClient client = RedisClient.create(RedisURI.create("127.0.0.1", process.port()));
        try (var connection = client.connect()) {
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> connection.sync().info(section).contains(expected));
        } finally {
            client.shutdown(Duration.ZERO, Duration.ofSeconds(2));
        }
    }

    private RedisProcess keep(RedisProcess process) {
        started.add(process);
        return process;
    }
}
