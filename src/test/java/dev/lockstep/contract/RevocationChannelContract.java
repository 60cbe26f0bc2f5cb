package dev.lockstep.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.awaitility.Awaitility.await;

import dev.lockstep.spi.Revocation;
import dev.lockstep.spi.Revocation.Cause;
import dev.lockstep.spi.RevocationChannel;
import dev.lockstep.spi.RevocationChannel.Message;
import dev.lockstep.spi.RevocationChannel.Receiver;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * What every revocation channel does: a node acknowledges what it has applied, and nothing else.
 * That a message gets lost is allowed, so the tests push until it arrives.
 */
public abstract class RevocationChannelContract {

    /** Far longer than a push takes. */
    protected static final Duration DEADLINE = Duration.ofSeconds(30);

    private static final String APPLICATION = "/channel";

    private final Deque<RevocationChannel> opened = new ArrayDeque<>();

    /**
     * Opens a channel that reaches all others of this application that the test has opened. The
     * contract closes it.
     */
    protected abstract RevocationChannel open(String application) throws Exception;

    @AfterEach
    void closeTheChannels() {
        opened.forEach(RevocationChannel::close);
    }

    @Test
    void eachNodeAcknowledgesOnceItHasApplied() throws Exception {
        Node one = node("one");
        Node two = node("two");
        Node three = node("three");
        Message message = message();
        assertThat(pushUntilAcknowledged(one.channel, message, Set.of("two", "three")))
                .containsExactlyInAnyOrder("two", "three");
        assertThat(two.received).contains(message);
        assertThat(three.received).contains(message);
        assertThat(one.received).isEmpty();
    }

    @Test
    void aNodeThatDidNotApplyDoesNotAcknowledge() throws Exception {
        Node one = node("one");
        Node two = node("two");
        node("three");
        two.refuses = true;
        assertThat(pushUntilAcknowledged(one.channel, message(), Set.of("three")))
                .doesNotContain("two");
        await().until(() -> !two.received.isEmpty());
    }

    @Test
    void aReceiverThatThrowsDoesNotAcknowledge() throws Exception {
        Node one = node("one");
        Node two = node("two");
        node("three");
        two.breaks = true;
        assertThat(pushUntilAcknowledged(one.channel, message(), Set.of("three")))
                .doesNotContain("two");
        await().until(() -> !two.received.isEmpty());
    }

    @Test
    void applicationsHearOnlyTheirOwn() throws Exception {
        Node ours = node("ours1");
        node("ours2");
        Node theirs = node("theirs1", "/other");
        node("theirs2", "/other");
        assertThat(pushUntilAcknowledged(ours.channel, message(), Set.of("ours2")))
                .containsExactly("ours2");
        assertThat(pushUntilAcknowledged(theirs.channel, message(), Set.of("theirs2")))
                .containsExactly("theirs2");
    }

    @Test
    void aloneAPushDoesNothing() throws Exception {
        Node one = node("one");
        Set<String> acknowledged = ConcurrentHashMap.newKeySet();
        one.channel.push(message(), DEADLINE, acknowledged::add);
        assertThat(acknowledged).isEmpty();
    }

    @Test
    void afterClosingAPushDoesNothing() throws Exception {
        Node one = node("one");
        one.channel.close();
        assertThatCode(() -> one.channel.push(message(), DEADLINE, id -> {})).doesNotThrowAnyException();
    }

    @Test
    void closingTwiceDoesNothing() throws Exception {
        Node one = node("one");
        one.channel.close();
        assertThatCode(one.channel::close).doesNotThrowAnyException();
    }

    /** A message of one revocation. */
    protected static Message message() {
        return new Message(
                3,
                List.of(new Revocation(
                        5, SessionCopies.digest(new Random()), "id", "alice", Cause.REVOKED, Instant.ofEpochMilli(9))));
    }

    /** Pushes until all these have acknowledged, and returns who has. */
    protected static Set<String> pushUntilAcknowledged(
            RevocationChannel channel, Message message, Set<String> expected) {
        Set<String> acknowledged = ConcurrentHashMap.newKeySet();
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(200))
                .until(() -> {
                    channel.push(message, DEADLINE, acknowledged::add);
                    return acknowledged.containsAll(expected);
                });
        return acknowledged;
    }

    private Node node(String id) throws Exception {
        return node(id, APPLICATION);
    }

    private Node node(String id, String application) throws Exception {
        RevocationChannel channel = open(application);
        opened.push(channel);
        Node node = new Node(id, channel);
        channel.start(node);
        return node;
    }

    private static final class Node implements Receiver {

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
