package dev.lockstep.chaos.backend;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.lockstep.cache.wire.CacheKeys;
import dev.lockstep.spi.LogPosition;
import dev.lockstep.spi.Poke;
import dev.lockstep.spi.Poke.Kind;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A Redis by which the nodes poke each other. It is harmed as a cache's is, those that subscribe
 * are cut off, and somebody who may publish there floods them.
 */
final class RedisPokes implements Backend {

    private static final String CHANNEL = CacheKeys.of("chaos").prefix() + "poke";
    private static final int CUTS = 10;
    private static final int FLOODS = 50;
    private static final int FLOOD = 200;
    private static final int PAUSE_MILLIS = 100;
    private static final int PATIENCE_MILLIS = 10_000;

    private final RedisBackend redis;

    private RedisPokes(RedisBackend redis) {
        this.redis = redis;
    }

    static RedisPokes start(Path directory) throws IOException {
        return new RedisPokes(RedisBackend.start(directory));
    }

    @Override
    public Map<String, String> settings(int node) {
        return redis.settings(node);
    }

    @Override
    public List<Harm> harms() {
        return Stream.concat(
                        redis.harms().stream()
                                .filter(harm -> !harm.kind().endsWith("-flush")) // it keeps nothing
                                .map(harm -> harm.named(harm.kind().replaceFirst("cache", "channel"))),
                        Stream.of(
                                Harm.atOnce("listen-cut", this::cutWhoListens),
                                Harm.atOnce("forged-pokes", this::flood)))
                .toList();
    }

    @Override
    public void close() {
        redis.close();
    }

    private void cutWhoListens() throws IOException, InterruptedException {
        int cut = 0;
        try (Dialogue server = Dialogue.with(redis.portInCharge())) {
            for (int i = 0; i < CUTS; i++) {
                server.say("CLIENT KILL TYPE pubsub");
                cut += Integer.parseInt(server.hear().substring(1));
                TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            }
        }
        if (cut == 0) {
            throw new IOException("nobody listens");
        }
    }

    /**
     * What is heard is sent again, changed: other positions and epochs, answers that nobody gave,
     * to all and to the one that was heard, and garbage.
     */
    private void flood() throws IOException, InterruptedException {
        Poke heard = overheard();
        int reached = 0;
        try (Dialogue server = Dialogue.with(redis.portInCharge())) {
            for (int i = 0; i < FLOODS; i++) {
                for (int j = 0; j < FLOOD; j++) {
                    server.say(forged(heard, i * FLOOD + j));
                }
                for (int j = 0; j < FLOOD; j++) {
                    reached += Integer.parseInt(server.hear().substring(1));
                }
                TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            }
        }
        if (reached == 0) {
            throw new IOException("nobody listens");
        }
    }

    private Poke overheard() throws IOException {
        try (Dialogue server = Dialogue.with(redis.portInCharge())) {
            server.say("SUBSCRIBE " + CHANNEL);
            Optional<Poke> poke = Optional.empty();
            while (poke.isEmpty()) {
                poke = Poke.parse(server.hear());
            }
            return poke.get();
        }
    }

    private static String forged(Poke heard, int number) {
        LogPosition position = heard.position();
        String forger = "f" + number;
        return switch (number % 6) {
            case 0 -> publish(CHANNEL, "x".repeat(500));
            case 1 -> publish(CHANNEL, Kind.COMMITTED, position.epoch(), Long.MAX_VALUE - number, forger);
            case 2 -> publish(CHANNEL, Kind.COMMITTED, number, number, forger);
            case 3 -> publish(CHANNEL, Kind.APPLIED, position.epoch(), Long.MAX_VALUE, forger);
            case 4 ->
                publish(
                        CHANNEL + ":" + heard.sender(),
                        Kind.APPLIED,
                        position.epoch(),
                        position.position() + number,
                        forger);
            default -> publish(CHANNEL, Kind.COMMITTED, position.epoch(), position.position(), forger);
        };
    }

    private static String publish(String channel, Kind kind, long epoch, long position, String sender) {
        return publish(channel, new Poke(kind, new LogPosition(epoch, position), sender).text());
    }

    private static String publish(String channel, String text) {
        return "PUBLISH " + channel + " \"" + text + "\"";
    }

    /** Inline commands (Redis serialization protocol), and what comes for them, line by line. */
    private record Dialogue(Socket socket, BufferedReader answers) implements AutoCloseable {

        static Dialogue with(int port) throws IOException {
            Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setSoTimeout(PATIENCE_MILLIS);
            return new Dialogue(socket, new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII)));
        }

        void say(String command) throws IOException {
            socket.getOutputStream().write((command + "\r\n").getBytes(US_ASCII));
        }

        String hear() throws IOException {
            String line = answers.readLine();
            if (line == null) {
                throw new IOException("Redis has ended the connection");
            }
            return line;
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
