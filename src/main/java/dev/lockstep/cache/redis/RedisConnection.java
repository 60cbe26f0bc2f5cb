package dev.lockstep.cache.redis;

import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A connection to a server, or to all of a cluster, that many threads use at the same time.
 *
 * <p>Thread-safe.
 */
final class RedisConnection {

    /** A connection that let this many commands in a row go unanswered leads nowhere. */
    private static final int HOPELESS = 3;

    private final RedisClusterAsyncCommands<byte[], byte[]> commands;
    private final StatefulConnection<byte[], byte[]> connection;
    private final AtomicInteger unanswered = new AtomicInteger();

    RedisConnection(RedisClusterAsyncCommands<byte[], byte[]> commands, StatefulConnection<byte[], byte[]> connection) {
        this.commands = commands;
        this.connection = connection;
    }

    RedisClusterAsyncCommands<byte[], byte[]> commands() {
        return commands;
    }

    void answered() {
        if (unanswered.get() != 0) {
            unanswered.set(0);
        }
    }

    /** Whether a command that went unanswered was one too many. */
    boolean isHopeless() {
        return unanswered.incrementAndGet() >= HOPELESS;
    }

    void closeAsync() {
        var unused = connection.closeAsync();
    }
}
