package dev.lockstep.cache.redis;

import dev.lockstep.cache.remote.PokeInbox;
import dev.lockstep.cache.remote.ReconnectingClient;
import dev.lockstep.cache.wire.CacheKeys;
import dev.lockstep.channel.TextMessages;
import dev.lockstep.spi.CacheContext;
import dev.lockstep.spi.ChannelListener;
import dev.lockstep.spi.LogPosition;
import dev.lockstep.spi.Poke;
import dev.lockstep.spi.Poke.Kind;
import dev.lockstep.spi.RevocationChannel;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Pushes and pokes by Redis' publish and subscribe. Channels: prefix, application, {@code :poke},
 * for all nodes; and the same with a colon and a sender, for the one that waits. Who can publish
 * there can make nodes read the store and check messages, within a bound, and no more; who can
 * subscribe there reads who logs out.
 *
 * <p>While it is not subscribed it pokes instead of pushing, since it would not hear who
 * acknowledges.
 *
 * <p>Thread-safe. What can't be sent is lost, which costs a poll. One connection publishes, another
 * subscribes: a server of before Redis 6 lets no connection do both. One thread reads and writes
 * both, so that it sends an acknowledgement without having to wake another.
 */
final class RedisChannel implements RevocationChannel {

    private final RedisClients clients;
    private final CacheContext context;
    private final String everybody;
    private final String sender = Poke.newSender();
    private final ScheduledThreadPoolExecutor thread;
    private final RedisPublisher publisher;
    private final TextMessages messages;
    private volatile @Nullable ReconnectingClient<StatefulRedisPubSubConnection<String, String>> subscribing;
    private volatile boolean hears;

    private RedisChannel(RedisSettings settings, CacheContext context) {
        this.clients = new RedisClients(settings, 1);
        this.context = context;
        this.everybody = CacheKeys.of(settings.prefix(), context.application()).prefix() + "poke";
        this.thread = new ScheduledThreadPoolExecutor(1, context.threads());
        this.publisher = new RedisPublisher(
                ReconnectingClient.open(clients, context, Runnable::run, RedisClients.CONNECT_TIMEOUT));
        this.messages = new TextMessages(sender, context.pushMessages(), new Publishing());
    }

    static RedisChannel open(RedisSettings settings, CacheContext context) {
        return new RedisChannel(settings, context);
    }

    @Override
    public boolean pokes() {
        return true;
    }

    @Override
    public boolean pushes() {
        return hears;
    }

    /** Pushes are applied on Lettuce's thread, as that neither blocks nor takes long. */
    @Override
    public void start(Receiver receiver) {
        PokeInbox inbox = new PokeInbox(sender, receiver, thread);
        Consumer<String> texts = text -> messages.take(List.of(text), receiver).forEach(inbox::add);
        RedisSubscriptions server =
                new RedisSubscriptions(clients, List.of(everybody, of(sender)), texts, new Hearing());
        subscribing = ReconnectingClient.open(server, context, Runnable::run, RedisClients.CONNECT_TIMEOUT);
    }

    @Override
    public void push(Message message, Duration deadline, Consumer<String> acknowledged) {
        if (hears) {
            messages.push(message, deadline, acknowledged);
        } else {
            messages.poke(message);
        }
    }

    @Override
    public void answer(LogPosition applied, Set<String> senders) {
        String answer = new Poke(Kind.APPLIED, applied, sender).text();
        senders.forEach(each -> publisher.publish(of(each), answer));
    }

    @Override
    public void close() {
        thread.shutdownNow();
        ReconnectingClient<StatefulRedisPubSubConnection<String, String>> subscribed = subscribing;
        subscribing = null;
        if (subscribed != null) {
            subscribed.close();
            context.listener().channel(false);
        }
        publisher.close();
    }

    private String of(String each) {
        return everybody + ":" + each;
    }

    private final class Hearing implements ChannelListener {

        @Override
        public void channel(boolean up) {
            hears = up;
            context.listener().channel(up);
        }
    }

    private final class Publishing implements TextMessages.Transport {

        @Override
        public void toAll(List<String> texts) {
            texts.forEach(text -> publisher.publish(everybody, text));
        }

        @Override
        public void to(String to, String text) {
            publisher.publish(of(to), text);
        }

        /** Nothing is kept. */
        @Override
        public void flush() {}
    }
}
