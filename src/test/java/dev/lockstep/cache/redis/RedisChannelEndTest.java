package dev.lockstep.cache.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.awaitility.Awaitility.await;

import dev.lockstep.contract.ContractContext;
import dev.lockstep.contract.MapSettings;
import dev.lockstep.spi.NodeClock;
import dev.lockstep.spi.Poke;
import dev.lockstep.spi.RevocationChannel;
import dev.lockstep.spi.RevocationChannel.Message;
import dev.lockstep.spi.RevocationChannel.Receiver;
import dev.lockstep.spi.SharedConnection;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a channel over Redis leaves behind. */
class RedisChannelEndTest {

    private final ScheduledThreadPoolExecutor scheduler = new ScheduledThreadPoolExecutor(1);

    @BeforeEach
    void keepNothingThatWasCancelled() {
        scheduler.setRemoveOnCancelPolicy(true);
    }

    @AfterEach
    void stop() {
        scheduler.shutdownNow();
    }

    @Test
    void afterClosingThereIsNoConnectionNoThreadAndNoTimer() throws Exception {
        Set<Thread> before = threads();
        try (RedisProcess server = RedisProcess.server()) {
            RevocationChannel channel = new RedisChannelProvider()
                    .configure(new MapSettings(Map.of("uri", "redis://127.0.0.1:" + server.port())))
                    .open(ContractContext.of("/shop", scheduler, NodeClock.SYSTEM), SharedConnection.NONE);
            channel.start(new Deaf());
            await().until(() -> connections(server) == 2);

            channel.close();

            await().until(() -> connections(server) == 0);
            await().until(() -> before.containsAll(threads()));
            await().until(() -> scheduler.getQueue().isEmpty());
        }
    }

    /** But for the one that asks. */
    private static long connections(RedisProcess server) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write("CLIENT LIST\r\nQUIT\r\n".getBytes(US_ASCII));
            String all = new String(socket.getInputStream().readAllBytes(), US_ASCII);
            return all.lines().filter(line -> line.contains("id=")).count() - 1;
        }
    }

    /** Lettuce's and Netty's. */
    private static Set<Thread> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("lettuce-"))
                .collect(Collectors.toSet());
    }

    private record Deaf() implements Receiver {

        @Override
        public Optional<String> apply(Message message) {
            return Optional.empty();
        }

        @Override
        public Duration poked(Collection<Poke> pokes) {
            return Duration.ZERO;
        }
    }
}
