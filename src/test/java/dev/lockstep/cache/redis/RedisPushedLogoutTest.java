package dev.lockstep.cache.redis;

import dev.lockstep.contract.ContractContext;
import dev.lockstep.contract.MapSettings;
import dev.lockstep.session.PushedLogoutContract;
import dev.lockstep.spi.ChannelListener;
import dev.lockstep.spi.NodeClock;
import dev.lockstep.spi.NodeListener;
import dev.lockstep.spi.PushMessages;
import dev.lockstep.spi.RevocationChannel;
import dev.lockstep.spi.SharedConnection;
import dev.lockstep.store.jdbc.JdbcStore;
import dev.lockstep.store.jdbc.TestDatabase;
import io.lettuce.core.RedisClient;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

class RedisPushedLogoutTest extends PushedLogoutContract {

    /** The user of the node that is started first. */
    private static final String FIRST = "first";

    private static RedisProcess server;
    private static ScheduledExecutorService scheduler;

    @BeforeAll
    static void start() throws IOException {
        server = RedisProcess.server();
        scheduler = Executors.newScheduledThreadPool(1);
    }

    private boolean opened;

    @BeforeEach
    void allow() throws IOException {
        RedisProcess.ask(server.port(), "ACL SETUSER " + FIRST + " reset on >secret ~* &* +@all");
    }

    @AfterAll
    static void stop() {
        scheduler.shutdownNow();
        server.close();
    }

    @Override
    protected RevocationChannel open(JdbcStore store, ChannelListener listener, PushMessages messages) {
        boolean first = !opened;
        opened = true;
        return new RedisChannelProvider()
                .configure(new MapSettings(Map.of("uri", first ? uri(FIRST + ":secret@") : uri(""))))
                .open(
                        ContractContext.of("/shop", scheduler, NodeClock.SYSTEM)
                                .withListener((NodeListener) listener)
                                .withMessages(application -> messages),
                        SharedConnection.NONE);
    }

    /** The first node's user may not subscribe any more, but publish. */
    @Override
    protected void deafen(TestDatabase database) throws IOException {
        RedisProcess.ask(server.port(), "ACL SETUSER " + FIRST + " -subscribe");
        RedisProcess.ask(server.port(), "CLIENT KILL TYPE pubsub USER " + FIRST);
    }

    @Override
    protected Wire tap(TestDatabase database, List<String> heard) {
        return new Subscribed(heard);
    }

    private static String uri(String user) {
        return "redis://" + user + "127.0.0.1:" + server.port();
    }

    /** Another client of the server. */
    private static final class Subscribed implements Wire {

        private static final String EVERYBODY = "lockstep:/shop:poke";

        private final RedisClient client = RedisClient.create(uri(""));

        Subscribed(List<String> heard) {
            var connection = client.connectPubSub();
            connection.addListener(new RedisPubSubAdapter<>() {
                @Override
                public void message(String pattern, String channel, String text) {
                    heard.add(text);
                }
            });
            connection.sync().psubscribe(EVERYBODY + "*");
        }

        @Override
        public void send(@Nullable String to, String text) throws IOException {
            RedisProcess.ask(
                    server.port(), "PUBLISH " + EVERYBODY + (to == null ? "" : ":" + to) + " \"" + text + "\"");
        }

        @Override
        public void close() {
            client.shutdown();
        }
    }
}
