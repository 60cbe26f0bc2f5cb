package dev.lockstep.cache.infinispan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lockstep.Revocation;
import dev.lockstep.Revocation.Cause;
import dev.lockstep.SessionCache;
import dev.lockstep.contract.ContractContext;
import dev.lockstep.contract.MapSettings;
import dev.lockstep.contract.NaiveCache;
import dev.lockstep.contract.SessionCopies;
import dev.lockstep.spi.NodeClock;
import dev.lockstep.spi.RevocationChannel;
import dev.lockstep.spi.RevocationChannel.Message;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class InfinispanChannelTest {

    private static final Duration DEADLINE = Duration.ofSeconds(30);

    private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
    private final List<AutoCloseable> opened = new ArrayList<>();
    private int port;

    @BeforeEach
    void choosePort() throws Exception {
        port = Ports.free();
    }

    @AfterEach
    void stop() throws Exception {
        for (int i = opened.size() - 1; i >= 0; i--) {
            opened.get(i).close();
        }
        scheduler.shutdownNow();
    }

    @Test
    void eachNodeAcknowledgesOnceItHasApplied() {
        Node one = node("one", Map.of(), new NaiveCache());
        Node two = node("two", Map.of(), new NaiveCache());
        Node three = node("three", Map.of(), new NaiveCache());
        Message message = message();
        assertThat(pushUntilAcknowledged(one, message, Set.of("two", "three"))).doesNotContain("one");
        assertThat(two.received).contains(message);
        assertThat(three.received).contains(message);
        assertThat(one.received).isEmpty();
    }

    @Test
    void aNodeThatDidNotApplyDoesNotAcknowledge() {
        Node one = node("one", Map.of(), new NaiveCache());
        Node two = node("two", Map.of(), new NaiveCache());
        Node three = node("three", Map.of(), new NaiveCache());
        two.refuses = true;
        assertThat(pushUntilAcknowledged(one, message(), Set.of("three"))).doesNotContain("two");
        await().until(() -> !two.received.isEmpty());
    }

    @Test
    void aReceiverThatThrowsDoesNotAcknowledge() {
        Node one = node("one", Map.of(), new NaiveCache());
        Node two = node("two", Map.of(), new NaiveCache());
        Node three = node("three", Map.of(), new NaiveCache());
        two.breaks = true;
        assertThat(pushUntilAcknowledged(one, message(), Set.of("three"))).doesNotContain("two");
        await().until(() -> !two.received.isEmpty());
    }

    @Test
    void besideAnInfinispanCacheItUsesThatOnesCluster() {
        Node one = node("one", Map.of(), cache());
        Node two = node("two", Map.of(), cache());
        pushUntilAcknowledged(one, message(), Set.of("two"));
        pushUntilAcknowledged(two, message(), Set.of("one"));
    }

    @Test
    void applicationsThatShareACacheManagerHearOnlyTheirOwn() {
        SessionCache one = cache();
        SessionCache two = cache();
        Node a1 = node("a1", "/a", Map.of(), one);
        Node b1 = node("b1", "/b", Map.of(), one);
        node("a2", "/a", Map.of(), two);
        node("b2", "/b", Map.of(), two);
        assertThat(pushUntilAcknowledged(a1, message(), Set.of("a2"))).containsExactly("a2");
        assertThat(pushUntilAcknowledged(b1, message(), Set.of("b2"))).containsExactly("b2");
    }

    @Test
    void aCacheManagerDoesNotHoldOnToAClosedChannel() {
        SessionCache cache = cache();
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
        one.channel.push(message(), DEADLINE, acknowledged::add);
        assertThat(acknowledged).isEmpty();
    }

    @Test
    void afterClosingAPushDoesNothing() {
        Node one = node("one", Map.of(), new NaiveCache());
        one.channel.close();
        one.channel.push(message(), DEADLINE, id -> {});
    }

    /** A member may be in the view before its channel listens, so a push may be lost: the protocol allows that. */
    private static Set<String> pushUntilAcknowledged(Node from, Message message, Set<String> expected) {
        Set<String> acknowledged = ConcurrentHashMap.newKeySet();
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(200))
                .until(() -> {
                    from.channel.push(message, DEADLINE, acknowledged::add);
                    return acknowledged.containsAll(expected);
                });
        return acknowledged;
    }

    private Node node(String id, Map<String, String> more, SessionCache cache) {
        return node(id, "/channel", more, cache);
    }

    private Node node(String id, String application, Map<String, String> more, SessionCache cache) {
        MapSettings settings = new MapSettings(settings(more));
        RevocationChannel channel =
                new InfinispanChannelProvider().configure(settings).open(context(application), cache);
        assertThat(settings.problems()).isEmpty();
        Node node = new Node(id, channel);
        channel.start(node);
        opened.add(channel);
        return node;
    }

    private RevocationChannel usedAndClosed(SessionCache cache) {
        RevocationChannel channel = new InfinispanChannelProvider()
                .configure(new MapSettings(Map.of()))
                .open(context("/channel"), cache);
        channel.start(new Node("one", channel));
        channel.close();
        return channel;
    }

    private SessionCache cache() {
        InfinispanCache cache = (InfinispanCache) new InfinispanCacheProvider()
                .configure(new MapSettings(settings(Map.of())))
                .open(context("/channel"));
        opened.add(cache);
        return cache;
    }

    private Map<String, String> settings(Map<String, String> more) {
        Map<String, String> settings =
                new HashMap<>(Map.of("stack", "tcp", "bind-port", String.valueOf(port), "port-range", "5"));
        settings.putAll(more);
        return settings;
    }

    private ContractContext context(String application) {
        return ContractContext.of(application, scheduler, NodeClock.SYSTEM);
    }

    private static Message message() {
        return new Message(
                3,
                List.of(new Revocation(
                        5, SessionCopies.digest(new Random()), "id", "alice", Cause.REVOKED, Instant.ofEpochMilli(9))));
    }

    private static final class Node implements RevocationChannel.Receiver {

        private final String id;
        private final RevocationChannel channel;
        private final List<Message> received = new CopyOnWriteArrayList<>();
        private volatile boolean refuses;
        private volatile boolean breaks;

        Node(String id, RevocationChannel channel) {
            this.id = id;
            this.channel = channel;
        }

        @Override
        public Optional<String> apply(Message message) {
            received.add(message);
            if (breaks) {
                throw new IllegalStateException("broken");
            }
            return refuses ? Optional.empty() : Optional.of(id);
        }
    }
}
