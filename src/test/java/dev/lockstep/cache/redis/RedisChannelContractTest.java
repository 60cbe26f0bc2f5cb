package dev.lockstep.cache.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lockstep.contract.CapturedLog;
import dev.lockstep.contract.ContractContext;
import dev.lockstep.contract.MapSettings;
import dev.lockstep.contract.PokeChannelContract;
import dev.lockstep.contract.RecordedNodeEvents;
import dev.lockstep.contract.SessionCopies;
import dev.lockstep.spi.NodeClock;
import dev.lockstep.spi.Poke;
import dev.lockstep.spi.Revocation;
import dev.lockstep.spi.Revocation.Cause;
import dev.lockstep.spi.RevocationChannel;
import dev.lockstep.spi.RevocationChannel.Message;
import dev.lockstep.spi.RevocationChannel.Receiver;
import dev.lockstep.spi.SharedConnection;
import io.lettuce.core.AclSetuserArgs;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.protocol.CommandType;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class RedisChannelContractTest extends PokeChannelContract {

    private static final Map<String, String> SECRET = Map.of("password", "secret");

    private static RedisProcess server;

    private final ScheduledExecutorService scheduler = Executors.newScheduledThreadPool(1);

    @BeforeAll
    static void startTheServer() throws IOException {
        server = RedisProcess.server("--requirepass", "secret");
    }

    @AfterAll
    static void stopTheServer() {
        server.close();
    }

    @AfterEach
    void stop() {
        scheduler.shutdownNow();
    }

    @Override
    protected PokingNode open(String application) {
        RevocationChannel channel = channel(application);
        return new PokingNode(channel, () -> push(channel), channel::answer);
    }

    @Test
    void aServerThatComesBackIsSubscribedAtAgain() throws Exception {
        List<Poke> heard = new CopyOnWriteArrayList<>();
        RecordedNodeEvents told = new RecordedNodeEvents();
        try (RevocationChannel sending = channel("/shop");
                RevocationChannel hearing = channel("/shop", SECRET, told)) {
            sending.start(new Hearing(new CopyOnWriteArrayList<>()));
            hearing.start(new Hearing(heard));
            untilTrue(() -> push(sending), () -> !heard.isEmpty());

            assertThat(told.of("channel")).containsExactly("channel true");
            server.kill();
            await().until(() -> told.of("channel").contains("channel false"));
            server.start();
            heard.clear();

            untilTrue(() -> push(sending), () -> !heard.isEmpty());
            assertThat(told.of("channel")).endsWith("channel false", "channel true");
        }
        assertThat(told.of("channel")).endsWith("channel false");
    }

    @Test
    void whatStrangersPublishIsNoMoreThanAPoke() throws Exception {
        List<Poke> heard = new CopyOnWriteArrayList<>();
        try (RevocationChannel hearing = channel("/shop")) {
            hearing.start(new Hearing(heard));
            String publish = "AUTH secret\r\nPUBLISH lockstep:/shop:poke ";
            await().until(() -> {
                RedisProcess.ask(server.port(), publish + "garbage");
                RedisProcess.ask(server.port(), publish + "\"c 1 9223372036854775807 forged\"");
                return !heard.isEmpty();
            });
            assertThat(heard).allMatch(poke -> poke.sender().equals("forged"));
        }
    }

    /** What fails again and again must leave nothing open each time. */
    @Test
    void aUserWhoMayNotSubscribeLeavesNoConnectionBehind() throws Exception {
        RecordedNodeEvents told = new RecordedNodeEvents();
        RedisClient client = RedisClient.create("redis://:secret@127.0.0.1:" + server.port());
        try (CapturedLog log = new CapturedLog(RedisSubscriptions.class.getName());
                StatefulRedisConnection<String, String> connection = client.connect()) {
            RedisCommands<String, String> redis = connection.sync();
            redis.aclSetuser(
                    "mute",
                    AclSetuserArgs.Builder.on()
                            .addPassword("word")
                            .allKeys()
                            .allCommands()
                            .removeCommand(CommandType.SUBSCRIBE));
            Map<String, String> settings = Map.of("user", "mute", "password", "word");
            try (RevocationChannel refused = channel("/shop", settings, told)) {
                refused.start(new Hearing(new CopyOnWriteArrayList<>()));

                await().until(() -> refusals(redis) >= 4);
                await().until(() -> connectionsOf("mute", redis) <= 2);
                assertThat(numbered("LOCKSTEP-0334", log)).hasSize(1);
                assertThat(told.of("channel")).isEmpty();

                redis.aclSetuser("mute", AclSetuserArgs.Builder.allCommands().allChannels());
                await().until(() -> told.of("channel").contains("channel true"));
                await().until(() -> numbered("LOCKSTEP-0335", log).size() == 1);
            }
        } finally {
            client.shutdown();
        }
    }

    private static List<String> numbered(String number, CapturedLog log) {
        return log.messages().stream()
                .filter(message -> message.startsWith(number))
                .toList();
    }

    private static int refusals(RedisCommands<String, String> redis) {
        Matcher count =
                Pattern.compile("cmdstat_subscribe:.*rejected_calls=(\\d+)").matcher(redis.info("commandstats"));
        return count.find() ? Integer.parseInt(count.group(1)) : 0;
    }

    private static long connectionsOf(String user, RedisCommands<String, String> redis) {
        return redis.clientList()
                .lines()
                .filter(line -> line.contains(" user=" + user + " "))
                .count();
    }

    private RevocationChannel channel(String application) {
        return channel(application, SECRET, new RecordedNodeEvents());
    }

    private RevocationChannel channel(String application, Map<String, String> credentials, RecordedNodeEvents told) {
        Map<String, String> settings = new HashMap<>(credentials);
        settings.put("uri", "redis://127.0.0.1:" + server.port());
        return new RedisChannelProvider()
                .configure(new MapSettings(settings))
                .open(
                        ContractContext.of(application, scheduler, NodeClock.SYSTEM)
                                .withListener(told.listener()),
                        SharedConnection.NONE);
    }

    private static void push(RevocationChannel channel) {
        Revocation revocation = new Revocation(
                5, SessionCopies.digest(new Random()), "id", "alice", Cause.REVOKED, Instant.ofEpochMilli(9));
        channel.push(new Message(3, List.of(revocation)), Duration.ofSeconds(1), id -> {});
    }

    private record Hearing(List<Poke> heard) implements Receiver {

        @Override
        public Optional<String> apply(Message message) {
            return Optional.empty();
        }

        @Override
        public Duration poked(Collection<Poke> pokes) {
            heard.addAll(pokes);
            return Duration.ZERO;
        }
    }
}
