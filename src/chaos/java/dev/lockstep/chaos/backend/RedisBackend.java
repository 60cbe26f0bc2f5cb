package dev.lockstep.chaos.backend;

import dev.lockstep.chaos.cluster.TcpProxy;
import dev.lockstep.contract.Ports;
import dev.lockstep.process.GuardedProcess;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import redis.embedded.core.ExecutableProvider;

/**
 * Two Redis servers, the second a replica of the first, behind a proxy that leads to the one that is in charge. In a
 * fail-over the replica takes over as it is: what it had not heard of yet is lost, and removals with it.
 */
final class RedisBackend implements Backend {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final List<String> binary;
    private final File log;
    private final TcpProxy way = new TcpProxy();
    private final int[] ports = {Ports.free(), Ports.free()};
    private final GuardedProcess[] servers = new GuardedProcess[2];
    private int inCharge;

    private RedisBackend(Path directory) throws IOException {
        File executable = ExecutableProvider.newJarResourceProvider().get();
        if (!executable.setExecutable(true)) {
            throw new IOException("not executable: " + executable);
        }
        binary = List.of(executable.getPath());
        log = directory.resolve("redis.log").toFile();
    }

    static RedisBackend start(Path directory) throws IOException, InterruptedException {
        RedisBackend redis = new RedisBackend(directory);
        redis.start(0);
        redis.start(1);
        redis.follow(1, 0);
        redis.way.leadTo(redis.ports[0]);
        return redis;
    }

    @Override
    public Map<String, String> settings(int node) {
        return Map.of("uri", "redis://127.0.0.1:" + way.port());
    }

    @Override
    public List<Harm> harms() {
        return List.of(
                new Harm("cache-kill", 0, 3_000, () -> servers[inCharge].kill(), () -> start(inCharge)),
                new Harm("cache-pause", 500, 4_000, () -> servers[inCharge].stop(), () -> servers[inCharge].resume()),
                new Harm("cache-cut", 500, 4_000, way::cut, way::mend),
                new Harm("cache-failover", 0, 500, way::cut, this::failOver),
                Harm.atOnce("cache-flush", () -> tell(inCharge, "FLUSHALL")));
    }

    @Override
    public void close() {
        for (GuardedProcess server : servers) {
            if (server != null) {
                server.close();
            }
        }
        way.close();
    }

    private void failOver() throws IOException {
        int next = 1 - inCharge;
        tell(next, "REPLICAOF NO ONE");
        follow(inCharge, next);
        inCharge = next;
        way.leadTo(ports[next]);
        way.mend();
    }

    private void follow(int server, int leader) throws IOException {
        tell(server, "REPLICAOF 127.0.0.1 " + ports[leader]);
    }

    private void start(int server) throws IOException, InterruptedException {
        List<String> options = List.of(
                "--bind", "127.0.0.1", "--port", String.valueOf(ports[server]), "--save", "", "--appendonly", "no");
        servers[server] = GuardedProcess.start(
                Stream.of(binary, options).flatMap(List::stream).toList(), log);
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!answers(server)) {
            if (System.nanoTime() - end > 0) {
                throw new IOException("Redis does not start, see " + log);
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    private boolean answers(int server) {
        try {
            tell(server, "PING");
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** An inline command (Redis serialization protocol). */
    private void tell(int server, String command) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), ports[server])) {
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
