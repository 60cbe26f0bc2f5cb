package dev.lockstep.bench.jmh;

import dev.lockstep.contract.Ports;
import java.io.IOException;
import redis.embedded.RedisServer;

/** A Redis server on loopback, keeping nothing on disk. */
final class RedisServerProcess implements AutoCloseable {

    private final RedisServer server;
    private final int port;

    RedisServerProcess() throws IOException {
        port = Ports.free();
        server = RedisServer.newRedisServer()
                .port(port)
                .bind("127.0.0.1")
                .setting("save \"\"")
                .build();
        server.start();
    }

    int port() {
        return port;
    }

    @Override
    public void close() throws IOException {
        server.stop();
    }
}
