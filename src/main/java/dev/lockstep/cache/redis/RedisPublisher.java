package dev.lockstep.cache.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lockstep.cache.remote.ReconnectingClient;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;

/**
 * Publishes texts over one connection, without waiting for answers. Behind {@value #MOST} that have
 * none yet, as of a server that stalls, the next are lost: each is kept until it is answered, and
 * has up to 8 KB.
 *
 * <p>Thread-safe.
 */
final class RedisPublisher implements AutoCloseable {

    /** Some megabytes at most. */
    static final int MOST = 500;

    private static final Logger LOG = System.getLogger(RedisPublisher.class.getName());

    private final ReconnectingClient<RedisConnection> client;
    private final Semaphore room = new Semaphore(MOST);
    private volatile boolean closed;

    /** @param client closed with this one */
    RedisPublisher(ReconnectingClient<RedisConnection> client) {
        this.client = client;
    }

    /** Never blocks and never throws; what can't be sent is lost. */
    void publish(String channel, String text) {
        if (closed) {
            return;
        }
        try {
            client.call(redis -> begun(redis, channel.getBytes(UTF_8), text.getBytes(US_ASCII)));
        } catch (RuntimeException e) {
            LOG.log(Level.DEBUG, "Not sent; the log tells the other nodes", e);
        }
    }

    private CompletableFuture<Boolean> begun(RedisConnection redis, byte[] channel, byte[] text) {
        boolean begun = room.tryAcquire();
        if (begun) {
            begin(redis, channel, text);
        }
        return CompletableFuture.completedFuture(begun);
    }

    private void begin(RedisConnection redis, byte[] channel, byte[] text) {
        boolean answered = true;
        try {
            var unused = redis.commands().publish(channel, text).whenComplete((heard, failure) -> room.release());
            answered = false;
        } finally {
            if (answered) {
                room.release();
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        client.close();
    }
}
