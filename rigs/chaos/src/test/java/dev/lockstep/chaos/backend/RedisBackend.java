package dev.lockstep.chaos.backend;

import dev.lockstep.cache.redis.RedisProcess;
import dev.lockstep.chaos.cluster.TcpProxy;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Two Redis servers, the second a replica of the first, behind a proxy that leads to the one that
 * is in charge. In a fail-over the replica takes over as it is: what it had not heard of yet is
 * lost, and removals with it.
 */
final class RedisBackend implements Backend {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final RedisProcess[] servers;
    private final TcpProxy way = new TcpProxy();
    private int inCharge;

    private RedisBackend(RedisProcess... servers) throws IOException {
        this.servers = servers;
    }

    static RedisBackend start(Path directory) throws IOException {
        RedisBackend redis = new RedisBackend(server(directory, 0), server(directory, 1));
        redis.start(0);
        redis.start(1);
        redis.follow(1, 0);
        redis.way.leadTo(redis.servers[0].port());
        return redis;
    }

    private static RedisProcess server(Path directory, int number) throws IOException {
        return RedisProcess.notYetStarted(Files.createDirectory(directory.resolve("redis-" + number)));
    }

    @Override
    public Map<String, String> settings(int node) {
        return Map.of("uri", "redis://127.0.0.1:" + way.port());
    }

    @Override
    public List<Harm> harms() {
        return List.of(
                new Harm("cache-kill", 0, 3_000, () -> servers[inCharge].kill(), () -> start(inCharge)),
                new Harm("cache-pause", 500, 4_000, () -> servers[inCharge].pause(), () -> servers[inCharge].resume()),
                new Harm("cache-cut", 500, 4_000, way::cut, way::reopen),
                new Harm("cache-failover", 0, 500, way::cut, this::failOver),
                Harm.atOnce("cache-flush", () -> tell(inCharge, "FLUSHALL")));
    }

    @Override
    public Optional<Entries> entries() {
        return Optional.of(new RedisEntries(portInCharge()));
    }

    @Override
    public void close() {
        for (RedisProcess server : servers) {
            server.close();
        }
        way.close();
    }

    /** Of the server that leads. */
    int portInCharge() {
        return servers[inCharge].port();
    }

    private void failOver() throws IOException {
        int next = 1 - inCharge;
        tell(next, "REPLICAOF NO ONE");
        follow(inCharge, next);
        inCharge = next;
        way.leadTo(servers[next].port());
        way.reopen();
    }

    private void follow(int server, int leader) throws IOException {
        tell(server, "REPLICAOF 127.0.0.1 " + servers[leader].port());
    }

    private void start(int server) throws IOException {
        servers[server].start();
        servers[server].awaitListening();
    }

    /** An inline command (Redis serialization protocol). */
    private void tell(int server, String command) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), servers[server].port())) {
            socket.setSoTimeout((int) PATIENCE.toMillis());
            socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.US_ASCII));
            String answer = new BufferedReader(
                            new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
                    .readLine();
            if (answer == null || !answer.startsWith("+")) {
                throw new IOException(command + " is answered by " + answer);
            }
        }
    }
}
