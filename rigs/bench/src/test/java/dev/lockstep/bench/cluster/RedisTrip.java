package dev.lockstep.bench.cluster;

import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * A message over Redis' publish and subscribe and its answer by plain Lettuce: each side has a
 * client of its own, and answers on the thread that hears. One thread's.
 */
final class RedisTrip implements AutoCloseable {

    private final RedisClient here;
    private final RedisClient there;
    private final StatefulRedisConnection<String, String> asking;
    private final Semaphore answers = new Semaphore(0);

    RedisTrip(String uri) {
        here = RedisClient.create(uri);
        there = RedisClient.create(uri);
        asking = here.connect();
        StatefulRedisConnection<String, String> answering = there.connect();
        subscribe(here, "trip:here", answers::release);
        subscribe(there, "trip:there", () -> answering.async().publish("trip:here", "42 4711"));
    }

    /** Microseconds from the message to its answer. */
    double measure() throws InterruptedException {
        long start = System.nanoTime();
        var unused = asking.async().publish("trip:there", "42 4711");
        if (!answers.tryAcquire(10, TimeUnit.SECONDS)) {
            throw new IllegalStateException("no answer");
        }
        return (System.nanoTime() - start) / 1e3;
    }

    private static void subscribe(RedisClient client, String channel, Runnable heard) {
        StatefulRedisPubSubConnection<String, String> connection = client.connectPubSub();
        connection.addListener(new RedisPubSubAdapter<>() {
            @Override
            public void message(String from, String text) {
                heard.run();
            }
        });
        connection.sync().subscribe(channel);
    }

    @Override
    public void close() {
        here.shutdown();
        there.shutdown();
    }
}
