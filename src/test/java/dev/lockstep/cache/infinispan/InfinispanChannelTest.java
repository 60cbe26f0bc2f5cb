package dev.lockstep.cache.infinispan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lockstep.SessionCache;
import dev.lockstep.contract.ContractContext;
import dev.lockstep.contract.MapSettings;
import dev.lockstep.contract.NaiveCache;
import dev.lockstep.contract.OpenedCaches;
import dev.lockstep.process.Ports;
import dev.lockstep.spi.RevocationChannel;
import dev.lockstep.spi.RevocationChannel.Message;
import dev.lockstep.spi.SharedConnection;
import java.lang.ref.WeakReference;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class InfinispanChannelTest {

    @AutoClose
    private final OpenedCaches caches = new OpenedCaches(new InfinispanCacheProvider(), "/channel");

    private int port;

    @BeforeEach
    void choosePort() throws Exception {
        port = Ports.free();
    }

    @Test
    void besideAnInfinispanCacheItUsesThatOnesCluster() {
        Node one = node("one", Map.of(), caches.open(settings(Map.of())));
        Node two = node("two", Map.of(), caches.open(settings(Map.of())));
        pushUntilAcknowledged(one, Pushes.message(), Set.of("two"));
        pushUntilAcknowledged(two, Pushes.message(), Set.of("one"));
    }

    @Test
    void applicationsThatShareACacheManagerHearOnlyTheirOwn() {
        SessionCache one = caches.open(settings(Map.of()));
        SessionCache two = caches.open(settings(Map.of()));
        Node a1 = node("a1", "/a", Map.of(), one);
        Node b1 = node("b1", "/b", Map.of(), one);
        node("a2", "/a", Map.of(), two);
        node("b2", "/b", Map.of(), two);
        assertThat(pushUntilAcknowledged(a1, Pushes.message(), Set.of("a2"))).containsExactly("a2");
        assertThat(pushUntilAcknowledged(b1, Pushes.message(), Set.of("b2"))).containsExactly("b2");
    }

    @Test
    void aCacheManagerDoesNotHoldOnToAClosedChannel() {
        SessionCache cache = caches.open(settings(Map.of()));
        WeakReference<RevocationChannel> closed = new WeakReference<>(usedAndClosed(cache));
        await().until(() -> {
            System.gc();
            return closed.get() == null;
        });
    }

    @Test
    void aloneAPushDoesNothing() {
        Node one = node("one", Map.of("stack", "local"), new NaiveCache());
        Set<String> acknowledged = ConcurrentHashMap.newKeySet();
        one.channel.push(Pushes.message(), Pushes.DEADLINE, acknowledged::add);
        assertThat(acknowledged).isEmpty();
    }

    /** The cluster goes on, so that the next channel has the address of the former one. */
    @Test
    void aLateAnswerToAPushOfAFormerDeploymentAcknowledgesNoneOfTheNext() {
        SessionCache kept = caches.open(settings(Map.of()));
        SessionCache other = caches.open(settings(Map.of()));
        Slow slow = new Slow();
        start("/channel", Map.of(), other, slow);
        Node former = node("one", Map.of(), kept);
        await().atMost(Pushes.DEADLINE).until(() -> {
            former.channel.push(Pushes.message(), Pushes.DEADLINE, id -> {});
            return !slow.held.isEmpty();
        });
        former.channel.close();

        slow.refuses = true;
        Node next = node("one", Map.of(), kept);
        Set<String> acknowledged = ConcurrentHashMap.newKeySet();
        await().atMost(Pushes.DEADLINE).until(() -> {
            next.channel.push(Pushes.message(), Pushes.DEADLINE, acknowledged::add);
            return slow.refused.get() > slow.held.size() + 10;
        });
        slow.answer.countDown();
        await().until(() -> slow.answered.containsAll(slow.held));
        slow.refuses = false;
        pushUntilAcknowledged(next, Pushes.message(), Set.of("slow"));
        assertThat(acknowledged).isEmpty();
    }

    private static Set<String> pushUntilAcknowledged(Node from, Message message, Set<String> expected) {
        return Pushes.untilAcknowledged(from.channel, message, expected);
    }

    private Node node(String id) {
        return node(id, Map.of(), new NaiveCache());
    }

    private Node node(String id, Map<String, String> more, SessionCache cache) {
        return node(id, "/channel", more, cache);
    }

    private Node node(String id, String application, Map<String, String> more, SessionCache cache) {
        Node node = new Node(id);
        node.channel = start(application, more, cache, node);
        return node;
    }

    private RevocationChannel start(
            String application, Map<String, String> more, SessionCache cache, RevocationChannel.Receiver receiver) {
        MapSettings settings = new MapSettings(settings(more));
        ContractContext context = caches.context().withApplication(application);
        RevocationChannel channel = caches.keep(
                new InfinispanChannelProvider().configure(settings).open(context, SharedConnection.of(cache)));
        assertThat(settings.problems()).isEmpty();
        channel.start(receiver);
        return channel;
    }

    private RevocationChannel usedAndClosed(SessionCache cache) {
        RevocationChannel channel = new InfinispanChannelProvider()
                .configure(new MapSettings(Map.of()))
                .open(caches.context(), SharedConnection.of(cache));
        channel.start(new Node("one"));
        channel.close();
        return channel;
    }

    private Map<String, String> settings(Map<String, String> more) {
        Map<String, String> settings =
                new HashMap<>(Map.of("stack", "tcp", "bind-port", String.valueOf(port), "port-range", "5"));
        settings.putAll(more);
        return settings;
    }

    private static final class Node implements RevocationChannel.Receiver {

        private final String id;
        private volatile RevocationChannel channel;

        Node(String id) {
            this.id = id;
        }

        @Override
        public Optional<String> apply(Message message) {
            return Optional.of(id);
        }
    }

    /** Answers when it is told to, or refuses at once. */
    private static final class Slow implements RevocationChannel.Receiver {

        private final Set<Thread> held = ConcurrentHashMap.newKeySet();
        private final Set<Thread> answered = ConcurrentHashMap.newKeySet();
        private final AtomicInteger refused = new AtomicInteger();
        private final CountDownLatch answer = new CountDownLatch(1);
        private volatile boolean refuses;

        @Override
        public Optional<String> apply(Message message) {
            if (refuses) {
                refused.incrementAndGet();
                return Optional.empty();
            }
            held.add(Thread.currentThread());
            try {
                answer.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return Optional.empty();
            }
            answered.add(Thread.currentThread());
            return Optional.of("slow");
        }
    }
}
