package dev.lockstep.cache.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lockstep.cache.remote.GuardedConsumer;
import dev.lockstep.contract.CapturedLog;
import dev.lockstep.contract.ContractContext;
import dev.lockstep.contract.MapSettings;
import dev.lockstep.contract.Samples;
import dev.lockstep.spi.NodeClock;
import dev.lockstep.spi.Poke;
import dev.lockstep.spi.PushMessages;
import dev.lockstep.spi.Revocation;
import dev.lockstep.spi.Revocation.Cause;
import dev.lockstep.spi.RevocationChannel;
import dev.lockstep.spi.RevocationChannel.Message;
import dev.lockstep.spi.RevocationChannel.Receiver;
import dev.lockstep.spi.SharedConnection;
import io.lettuce.core.RedisClient;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a channel over Redis does while the server stalls, and when a receiver breaks. */
class RedisChannelStallTest {

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final int FAR_TOO_MANY = 4 * RedisPublisher.MOST;

    private final ScheduledExecutorService scheduler = Executors.newScheduledThreadPool(1);
    private final List<RevocationChannel> opened = new ArrayList<>();
    private final AtomicLong position = new AtomicLong();
    private RedisProcess server;

    @BeforeEach
    void start() throws IOException {
        server = RedisProcess.server();
    }

    @AfterEach
    void stop() {
        opened.forEach(RevocationChannel::close);
        scheduler.shutdownNow();
        server.close();
    }

    @Test
    void noMoreWaitsForAServerThatStallsThanThereIsRoomForAndThenItGoesOn() throws Exception {
        RevocationChannel sending = started(new Hearing(), PushMessages.NONE);
        List<Long> heard = new CopyOnWriteArrayList<>();
        RedisClient client = RedisClient.create(uri());
        try {
            var subscribed = client.connectPubSub();
            subscribed.addListener(new RedisPubSubAdapter<>() {
                @Override
                public void message(String channel, String text) {
                    heard.add(Poke.parse(text).orElseThrow().position().position());
                }
            });
            subscribed.sync().subscribe("lockstep:/shop:poke");
            server.pause();
            for (int i = 0; i < FAR_TOO_MANY; i++) {
                push(sending);
            }
            server.resume();

            await().atMost(PATIENCE).until(() -> {
                push(sending);
                return heard.stream().anyMatch(each -> each > FAR_TOO_MANY);
            });
            assertThat(heard.stream().filter(each -> each <= FAR_TOO_MANY)).hasSize(RedisPublisher.MOST);
        } finally {
            client.shutdown();
        }
    }

    @Test
    void whatAReceiverThrowsKeepsNothingFromBeingHeardLater() {
        RevocationChannel sending = started(new Hearing(), messages());
        Hearing hearing = new Hearing();
        hearing.breaks = true;
        try (CapturedLog log = new CapturedLog(GuardedConsumer.class.getName())) {
            started(hearing, messages());
            await().atMost(PATIENCE).until(() -> {
                push(sending);
                return !log.messages().isEmpty();
            });
            assertThat(log.messages()).singleElement().asString().startsWith("LOCKSTEP-0336 ");
        }
        hearing.breaks = false;

        await().atMost(PATIENCE).until(() -> {
            push(sending);
            return !hearing.poked.isEmpty();
        });
    }

    private void push(RevocationChannel channel) {
        Revocation revocation = new Revocation(
                position.incrementAndGet(), Samples.digest(), "id", "alice", Cause.REVOKED, Instant.EPOCH);
        channel.push(new Message(7, List.of(revocation)), PATIENCE, row -> {});
    }

    private String uri() {
        return "redis://127.0.0.1:" + server.port();
    }

    private PushMessages messages() {
        return ContractContext.of("/shop", scheduler, NodeClock.SYSTEM).pushMessages();
    }

    private RevocationChannel started(Receiver receiver, PushMessages messages) {
        RevocationChannel channel = new RedisChannelProvider()
                .configure(new MapSettings(Map.of("uri", uri())))
                .open(
                        ContractContext.of("/shop", scheduler, NodeClock.SYSTEM).withMessages(application -> messages),
                        SharedConnection.NONE);
        opened.add(channel);
        channel.start(receiver);
        return channel;
    }

    private static final class Hearing implements Receiver {

        private final List<Poke> poked = new CopyOnWriteArrayList<>();
        private volatile boolean breaks;

        @Override
        public Optional<String> apply(Message message) {
            if (breaks) {
                throw new LinkageError("a class that can't be loaded, for instance");
            }
            return Optional.empty();
        }

        @Override
        public Duration poked(Collection<Poke> pokes) {
            poked.addAll(pokes);
            return Duration.ZERO;
        }
    }
}
