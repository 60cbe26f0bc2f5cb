package dev.lockstep.cache.redis;

import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;

/**
 * A connection to a server, or to all of a cluster, that many threads use at the same time.
 * Thread-safe.
 */
record RedisConnection(
        RedisClusterAsyncCommands<byte[], byte[]> commands, StatefulConnection<byte[], byte[]> connection) {}
