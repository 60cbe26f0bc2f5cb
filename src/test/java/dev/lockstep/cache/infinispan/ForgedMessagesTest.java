package dev.lockstep.cache.infinispan;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lockstep.IssuedToken;
import dev.lockstep.channel.AuthenticatedMessages;
import dev.lockstep.contract.ContractContext;
import dev.lockstep.contract.MapSettings;
import dev.lockstep.contract.NaiveCache;
import dev.lockstep.contract.NaiveStore;
import dev.lockstep.contract.OpenedCaches;
import dev.lockstep.contract.RecordedNodeEvents;
import dev.lockstep.contract.Samples;
import dev.lockstep.key.ApplicationKey;
import dev.lockstep.process.Ports;
import dev.lockstep.revocation.RevocationSettings;
import dev.lockstep.session.LayeredCache;
import dev.lockstep.session.SessionEvents;
import dev.lockstep.session.SessionNode;
import dev.lockstep.session.SessionSettings;
import dev.lockstep.spi.KeyRing;
import dev.lockstep.spi.KeyVersion;
import dev.lockstep.spi.NodeClock;
import dev.lockstep.spi.NodeListener;
import dev.lockstep.spi.PushMessages;
import dev.lockstep.spi.Revocation;
import dev.lockstep.spi.Revocation.Cause;
import dev.lockstep.spi.RevocationChannel;
import dev.lockstep.spi.RevocationChannel.Message;
import dev.lockstep.spi.RevocationLog.NodeRow;
import dev.lockstep.spi.SharedConnection;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.jgroups.BytesMessage;
import org.jgroups.JChannel;
import org.jgroups.Message.TransientFlag;
import org.jgroups.Receiver;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Nodes of a cluster that has a member which is none of theirs: it knows the cluster's secret, and
 * not the application's key.
 */
class ForgedMessagesTest {

    private static final String APPLICATION = "/forged";
    private static final String SECRET = "a secret of the whole cluster";

    /** Longer than a test: what a poll would bring, or take back, does not come. */
    private static final Duration NEVER = Duration.ofHours(1);

    private static final Duration LEASE = Duration.ofMinutes(1);
    private static final Duration LONG = Duration.ofSeconds(60);

    /** What is in front of a message's body, and the tag behind it. */
    private static final int HEAD = 33;

    private static final int TAG = 32;
    private static final byte FORMER_ACKNOWLEDGEMENT = 2;
    private static final byte ACKNOWLEDGEMENT = 4;

    private static final int INVENTED = 101;

    private final NaiveStore store = new NaiveStore();
    private final ApplicationKey key = key(1);
    private final PushMessages strangers = messages(key(99), NodeListener.NONE);

    @AutoClose
    private final OpenedCaches closing = new OpenedCaches(new InfinispanCacheProvider(), APPLICATION);

    private int port;

    @BeforeEach
    void choosePort() throws Exception {
        port = Ports.free();
    }

    /** The other node hears no push, and would read the log after an hour. */
    @Test
    void aMemberThatAcknowledgesForAnotherNodeEndsNoWaiting() throws Exception {
        Node here = node(true);
        Node there = node(false);
        Member member = new Member();
        member.answers = push -> forgedAcknowledgements(push, there.row);
        member.join();
        IssuedToken token = here.node.manager().open("alice", Set.of("user"));
        there.cache(token);

        CompletableFuture<?> logout =
                here.node.manager().revokeAsync(token.token()).toCompletableFuture();

        await().atMost(LONG).until(() -> here.told.of("messageRefused").size() >= 4);
        assertThat(logout).isNotDone();
        there.assertHits(token);
        there.close();
        await().atMost(LONG).until(logout::isDone);
        assertThat(logout).isCompleted();
    }

    /** As somebody who has seen the push can make them. */
    private List<byte[]> forgedAcknowledgements(byte[] push, String row) {
        byte[] id = row.getBytes(UTF_8);
        byte[] former = ByteBuffer.allocate(17 + id.length)
                .put(FORMER_ACKNOWLEDGEMENT)
                .put(push, 9, 16)
                .put(id)
                .array();
        byte[] guessed = ByteBuffer.allocate(HEAD + id.length + TAG)
                .put(push, 0, HEAD)
                .put(id)
                .array();
        guessed[0] = ACKNOWLEDGEMENT;
        byte[] withThePushsTag = guessed.clone();
        System.arraycopy(push, push.length - TAG, withThePushsTag, HEAD + id.length, TAG);
        byte[] reflected = push.clone();
        reflected[0] = ACKNOWLEDGEMENT;
        return List.of(former, guessed, withThePushsTag, reflected);
    }

    @Test
    void inventedRevocationsOfAMemberPutNoCopyOutOfUse() throws Exception {
        Node here = node(true);
        Member member = new Member();
        member.join();
        IssuedToken token = here.node.manager().open("alice", Set.of("user"));
        here.cache(token);

        member.pushInvented(strangers);

        await().atMost(LONG).until(() -> here.told.of("messageRefused").size() == INVENTED);
        here.assertHits(token);
    }

    /** A node of ours that has gone mad: whatever it says, the log can't have come so far. */
    @Test
    void inventedRevocationsOfAMemberWithTheKeyPutNoCopyOutOfUse() throws Exception {
        Node here = node(true);
        Member member = new Member();
        member.join();
        IssuedToken token = here.node.manager().open("alice", Set.of("user"));
        here.cache(token);

        member.pushInvented(messages(key, NodeListener.NONE));

        await().atMost(LONG).until(() -> here.told.of("pushReceived").size() == INVENTED);
        assertThat(here.told.of("pushReceived")).containsOnly("pushReceived false");
        here.assertHits(token);
    }

    private static ApplicationKey key(int secret) {
        byte[] bytes = new byte[KeyVersion.SHORTEST_SECRET];
        Arrays.fill(bytes, (byte) secret);
        KeyRing ring = new KeyRing(List.of(new KeyVersion(1, bytes, Instant.EPOCH)));
        return ApplicationKey.configured(APPLICATION, ring, NEVER, NodeClock.SYSTEM);
    }

    private static PushMessages messages(ApplicationKey key, NodeListener listener) {
        return new AuthenticatedMessages(APPLICATION, key, NodeClock.SYSTEM, listener);
    }

    private MapSettings settings() {
        return new MapSettings(
                Map.of("stack", "tcp", "bind-port", String.valueOf(port), "port-range", "5", "secret", SECRET));
    }

    private Node node(boolean pushes) {
        RecordedNodeEvents told = new RecordedNodeEvents();
        ContractContext context = closing.context().withMessages(name -> messages(key, told.listener()));
        RevocationChannel channel = pushes
                ? new InfinispanChannelProvider().configure(settings()).open(context, SharedConnection.NONE)
                : null;
        List<String> before = rows();
        SessionNode node = new SessionNode(
                APPLICATION,
                SessionSettings.of(RevocationSettings.of("node of a test", LEASE, NEVER, Duration.ofSeconds(30))),
                store,
                key,
                new LayeredCache(new NaiveCache(), null, Duration.ofMinutes(15), NodeClock.SYSTEM),
                channel,
                new NoEvents(),
                NodeClock.SYSTEM,
                Executors.defaultThreadFactory(),
                told.listener());
        node.start();
        await().until(() -> !told.of("leaseGranted").isEmpty());
        String row =
                rows().stream().filter(id -> !before.contains(id)).findFirst().orElseThrow();
        return closing.keep(new Node(node, told, row, new AtomicBoolean()));
    }

    private List<String> rows() {
        return store.nodes().rows().stream().map(NodeRow::id).toList();
    }

    private record Node(SessionNode node, RecordedNodeEvents told, String row, AtomicBoolean closed)
            implements AutoCloseable {

        /** Has a copy that is vouched for. */
        void cache(IssuedToken token) {
            await().until(() -> {
                told.take();
                assertThat(node.manager().find(token.token())).isPresent();
                return told.of("loaded").isEmpty();
            });
        }

        void assertHits(IssuedToken token) {
            int loads = told.of("loaded").size();
            assertThat(node.manager().find(token.token())).isPresent();
            assertThat(told.of("loaded")).hasSize(loads);
        }

        @Override
        public void close() {
            if (!closed.getAndSet(true)) {
                node.close();
            }
        }
    }

    /** It gets what is pushed, and sends what it likes. */
    private final class Member implements Receiver {

        private Answers answers = push -> List.of();
        private @Nullable JChannel joined;

        void join() throws Exception {
            ChannelConnection connection = closing.keep(ChannelConnection.open(
                    InfinispanSettings.read(settings()), closing.context(), SharedConnection.NONE));
            JChannel channel = connection.connect(this).orElseThrow();
            joined = channel;
            await().atMost(ClusterNode.FORMED).until(() -> channel.getView().size() == 2);
        }

        @Override
        public void receive(org.jgroups.Message received) {
            answers.to(Arrays.copyOfRange(
                            received.getArray(), received.getOffset(), received.getOffset() + received.getLength()))
                    .forEach(this::send);
        }

        void pushInvented(PushMessages messages) {
            long epoch = store.nodes().head().epoch();
            for (int i = 0; i < INVENTED; i++) {
                List<Revocation> invented = IntStream.range(0, 1_000)
                        .mapToObj(each -> new Revocation(
                                Long.MAX_VALUE, Samples.digest(), "id", "alice", Cause.REVOKED, Instant.now()))
                        .toList();
                messages.push(new Message(epoch, invented), LONG, id -> {}).ifPresent(this::send);
            }
        }

        private void send(byte[] bytes) {
            try {
                joined.send(new BytesMessage(null, bytes).setFlag(TransientFlag.DONT_LOOPBACK));
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private interface Answers {
        List<byte[]> to(byte[] push);
    }

    private static final class NoEvents implements SessionEvents {
        @Override
        public void fire(Object event) {}

        @Override
        public void fireLater(Object event) {}
    }
}
