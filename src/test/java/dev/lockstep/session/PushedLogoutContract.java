package dev.lockstep.session;

import static dev.lockstep.session.ChannelNode.APPLICATION;
import static dev.lockstep.session.ChannelNode.NEVER;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lockstep.IssuedToken;
import dev.lockstep.RevocationOutcome;
import dev.lockstep.channel.AuthenticatedMessages;
import dev.lockstep.contract.ContractSeals;
import dev.lockstep.contract.RecordedNodeEvents;
import dev.lockstep.contract.Samples;
import dev.lockstep.spi.ChannelListener;
import dev.lockstep.spi.NodeClock;
import dev.lockstep.spi.NodeListener;
import dev.lockstep.spi.PushMessages;
import dev.lockstep.spi.Revocation;
import dev.lockstep.spi.Revocation.Cause;
import dev.lockstep.spi.RevocationChannel;
import dev.lockstep.spi.RevocationChannel.Message;
import dev.lockstep.spi.RevocationLog.NodeRows;
import dev.lockstep.store.jdbc.JdbcStore;
import dev.lockstep.store.jdbc.StoreSettings;
import dev.lockstep.store.jdbc.TestDatabase;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Logouts of nodes that never poll, on a real PostgreSQL, by a channel of texts that somebody else
 * can read and write, who does not have the application's key.
 */
public abstract class PushedLogoutContract {

    private static final Duration LONG = Duration.ofMinutes(1);
    private static final int KIND = 0;
    private static final byte PUSH = 3;
    private static final byte ACKNOWLEDGEMENT = 4;

    /** What is in front of a message's body, and the code behind it. */
    private static final int HEAD = 33;

    private static final int CODE = 32;

    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private final TestDatabase database = TestDatabase.postgres();
    private final List<JdbcStore> stores = new ArrayList<>();
    private final List<RevocationChannel> channels = new ArrayList<>();
    private final List<String> overheard = new CopyOnWriteArrayList<>();

    /** Opens a channel of a node that has this store. */
    protected abstract RevocationChannel open(JdbcStore store, ChannelListener listener, PushMessages messages)
            throws Exception;

    /**
     * Hears what goes to all nodes, and to those senders that it has heard of.
     *
     * @param database of the nodes
     * @param heard gets each text
     */
    protected abstract Wire tap(TestDatabase database, List<String> heard) throws Exception;

    /** The store of a node. */
    protected JdbcStore store(TestDatabase database, StoreSettings settings) throws Exception {
        return database.open(APPLICATION, settings);
    }

    /**
     * Takes the connection away by which the first node that was started hears, and has it get no
     * other.
     *
     * @param database of the nodes
     */
    protected abstract void deafen(TestDatabase database) throws Exception;

    /** What the channel's texts go over, for anybody. */
    public interface Wire extends AutoCloseable {

        /** @param to a sender's name; null for all nodes */
        void send(@Nullable String to, String text) throws Exception;
    }

    @AfterEach
    void closeAll() throws Exception {
        while (!opened.isEmpty()) {
            opened.pop().close();
        }
        database.close();
    }

    @Test
    void aLogoutEndsByTheAcknowledgementsAlone() throws Exception {
        ChannelNode here = pushing();
        ChannelNode there = pushing();
        ChannelNode alsoThere = pushing();
        for (int i = 0; i < 20; i++) {
            IssuedToken token = here.open();
            there.cache(token);
            alsoThere.cache(token);
            here.told().take();

            RevocationOutcome outcome = here.node().manager().revoke(token.token());

            assertThat(outcome.waitedOut()).isEmpty();
            assertThat(here.told().of("nodeSettled")).hasSize(2).allMatch(told -> told.endsWith("ACKNOWLEDGED"));
            there.assertRefusesWithoutTheStore(token);
            alsoThere.assertRefusesWithoutTheStore(token);
        }
        NodeRows read = stores.get(0).nodes();
        assertThat(read.rows()).hasSize(3).noneMatch(row -> row.applied().reaches(read.head()));
    }

    @Test
    void aLogoutOfVeryManySessionsIsPushedInParts() throws Exception {
        ChannelNode here = pushing();
        ChannelNode there = pushing();
        List<IssuedToken> tokens =
                IntStream.range(0, 200).mapToObj(each -> here.open()).toList();
        there.cache(tokens.get(0));
        there.cache(tokens.get(199));
        here.told().take();

        here.node().manager().revokeAll("alice");

        assertThat(here.told().of("nodeSettled")).isNotEmpty().allMatch(told -> told.endsWith("ACKNOWLEDGED"));
        there.assertRefusesWithoutTheStore(tokens.get(0));
        there.assertRefusesWithoutTheStore(tokens.get(199));
    }

    /** It would not hear that anybody acknowledges. */
    @Test
    void aNodeThatHearsNobodyAnyMorePokesInsteadOfPushing() throws Exception {
        ChannelNode here = pushing();
        ChannelNode there = pushing();
        IssuedToken token = here.open();
        there.cache(token);
        here.told().take();
        there.told().take();
        deafen(database);
        await().atMost(LONG).until(() -> here.told().of("channel").equals(List.of("channel false")));

        RevocationOutcome outcome = here.node().manager().revoke(token.token());

        assertThat(outcome.waitedOut()).isEmpty();
        assertThat(here.told().of("pushed", "poking", "nodeSettled"))
                .hasSize(2)
                .startsWith("poking 1")
                .allMatch(told -> !told.startsWith("nodeSettled") || told.endsWith("APPLIED"));
        assertThat(there.told().of("pushReceived")).isEmpty();
        there.assertRefusesWithoutTheStore(token);
        assertThat(here.told().of("channel")).containsExactly("channel false");
    }

    /** While nodes are replaced by those of another release. */
    @Test
    void nodesThatOnlyPokeAndThoseThatPushUnderstandEachOther() throws Exception {
        ChannelNode here = pushing();
        ChannelNode there = pushing();
        ChannelNode former = node(PushMessages.NONE);
        IssuedToken first = here.open();
        IssuedToken second = here.open();
        for (IssuedToken each : List.of(first, second)) {
            here.cache(each);
            there.cache(each);
            former.cache(each);
        }
        here.told().take();

        here.node().manager().revoke(first.token());
        assertThat(here.told().of("nodeSettled"))
                .extracting(told -> told.substring(told.lastIndexOf(' ') + 1))
                .containsExactlyInAnyOrder("ACKNOWLEDGED", "APPLIED");
        former.assertRefusesWithoutTheStore(first);

        former.told().take();
        former.node().manager().revoke(second.token());
        assertThat(former.told().of("nodeSettled")).hasSize(2).allMatch(told -> told.endsWith("APPLIED"));
        here.assertRefusesWithoutTheStore(second);
        there.assertRefusesWithoutTheStore(second);
    }

    /** One that has not read the newest version of the key, for instance. */
    @Test
    void aNodeThatKnowsAnotherKeyIsPoked() throws Exception {
        ChannelNode here = pushing();
        ChannelNode other = node(messages(2, NodeListener.NONE));
        IssuedToken token = here.open();
        other.cache(token);
        here.told().take();

        here.node().manager().revoke(token.token());

        assertThat(here.told().of("nodeSettled")).hasSize(1).allMatch(told -> told.endsWith("APPLIED"));
        other.assertRefusesWithoutTheStore(token);
    }

    /** Each is made as somebody can make it who has heard all that was said. */
    @Test
    void falseAcknowledgementsEndNoWaiting() throws Exception {
        Wire wire = tap();
        ChannelNode here = pushing();
        ChannelNode witness = pushing();
        untilOverheard(here, ACKNOWLEDGEMENT);
        ChannelNode deaf = node(null);
        IssuedToken token = here.open();
        deaf.cache(token);
        here.told().take();
        overheard.clear();

        CompletableFuture<?> logout =
                here.node().manager().revokeAsync(token.token()).toCompletableFuture();
        String push = awaitOverheard(PUSH);
        List<byte[]> forged =
                falseAcknowledgements(messageOf(push), messageOf(awaitOverheard(ACKNOWLEDGEMENT)), deaf.row());
        for (byte[] each : forged) {
            wire.send(senderOf(push), text(each));
            wire.send(null, text(each));
        }

        await().atMost(LONG).until(() -> here.told().of("messageRefused").size() == 2 * forged.size());
        assertThat(logout).isNotDone();
        deaf.assertHits(token);
        witness.assertRefusesWithoutTheStore(token);
        deaf.close();
        await().atMost(LONG).until(logout::isDone);
        assertThat(logout).isCompleted();
    }

    @Test
    void acknowledgementsOfEarlierLogoutsEndNoLaterOne() throws Exception {
        Wire wire = tap();
        ChannelNode here = pushing();
        ChannelNode there = pushing();
        untilOverheard(here, ACKNOWLEDGEMENT);
        List<String> former =
                overheard.stream().filter(text -> isOf(ACKNOWLEDGEMENT, text)).toList();
        IssuedToken token = here.open();
        there.cache(token);
        channels.get(1).close();
        overheard.clear();
        here.told().take();

        CompletableFuture<?> logout =
                here.node().manager().revokeAsync(token.token()).toCompletableFuture();
        String push = awaitOverheard(PUSH);
        for (String each : former) {
            wire.send(senderOf(push), each);
            wire.send(null, each);
        }
        byte[] last = messageOf(push);
        last[KIND] = ACKNOWLEDGEMENT;
        wire.send(senderOf(push), text(last));

        await().atMost(LONG).until(() -> !here.told().of("messageRefused").isEmpty());
        assertThat(logout).isNotDone();
        there.assertHits(token);
        there.close();
        await().atMost(LONG).until(logout::isDone);
        assertThat(logout).isCompleted();
    }

    @Test
    void inventedAndRepeatedPushesPutNoCopyOutOfUseAndTellNobody() throws Exception {
        Wire wire = tap();
        ChannelNode here = pushing();
        ChannelNode there = pushing();
        IssuedToken ended = here.open();
        IssuedToken living = here.open();
        there.cache(ended);
        there.cache(living);
        here.node().manager().revoke(ended.token());
        String push = awaitOverheard(PUSH);
        there.told().take();
        PushMessages strangers = messages(99, NodeListener.NONE);
        long epoch = stores.get(0).nodes().head().epoch();
        byte[] invented = strangers
                .push(
                        new Message(
                                epoch,
                                List.of(new Revocation(
                                        3, Samples.digest(), "id", "alice", Cause.COPIES_VOID, Instant.now()))),
                        LONG,
                        row -> {})
                .orElseThrow();

        for (int i = 0; i < 50; i++) {
            wire.send(null, text(invented));
            wire.send(null, text(messageOf(push)));
            wire.send(null, "m somebody " + "A".repeat(7_000));
        }

        await().atMost(LONG)
                .until(() -> there.told().of("messageRefused").size() == 100
                        && there.told().of("pushReceived").size() == 50);
        assertThat(there.told().of("learnt")).isEmpty();
        there.assertHits(living);
    }

    private List<byte[]> falseAcknowledgements(byte[] push, byte[] genuine, String row) {
        byte[] id = row.getBytes(UTF_8);
        byte[] guessed = ByteBuffer.allocate(HEAD + id.length + CODE)
                .put(push, 0, HEAD)
                .put(id)
                .array();
        guessed[KIND] = ACKNOWLEDGEMENT;
        byte[] withThePushsCode = guessed.clone();
        System.arraycopy(push, push.length - CODE, withThePushsCode, HEAD + id.length, CODE);
        byte[] withAnothersCode = guessed.clone();
        System.arraycopy(genuine, genuine.length - CODE, withAnothersCode, HEAD + id.length, CODE);
        byte[] renamed = genuine.clone();
        System.arraycopy(id, 0, renamed, HEAD, Math.min(id.length, genuine.length - HEAD - CODE));
        byte[] ofAnotherEpoch = genuine.clone();
        ofAnotherEpoch[HEAD - 1] ^= 1;
        byte[] reflected = push.clone();
        reflected[KIND] = ACKNOWLEDGEMENT;
        return List.of(guessed, withThePushsCode, withAnothersCode, renamed, ofAnotherEpoch, reflected);
    }

    /** Has logouts made until one's acknowledgement, for instance, was overheard. */
    private void untilOverheard(ChannelNode here, int kind) {
        await().atMost(LONG).until(() -> {
            here.node().manager().revoke(here.open().token());
            return overheard.stream().anyMatch(text -> isOf(kind, text));
        });
    }

    private String awaitOverheard(int kind) {
        await().atMost(LONG).until(() -> overheard.stream().anyMatch(text -> isOf(kind, text)));
        return overheard.stream().filter(text -> isOf(kind, text)).findFirst().orElseThrow();
    }

    private static boolean isOf(int kind, String text) {
        return text.startsWith("m ") && messageOf(text)[KIND] == kind;
    }

    private static byte[] messageOf(String text) {
        return Base64.getDecoder().decode(text.split(" ")[2]);
    }

    private static String senderOf(String text) {
        return text.split(" ")[1];
    }

    private static String text(byte[] message) {
        return "m somebody " + Base64.getEncoder().encodeToString(message);
    }

    private Wire tap() throws Exception {
        Wire wire = tap(database, overheard);
        opened.push(wire);
        return wire;
    }

    private ChannelNode pushing() throws Exception {
        RecordedNodeEvents told = new RecordedNodeEvents();
        return start(messages(1, told.listener()), told);
    }

    private ChannelNode node(@Nullable PushMessages messages) throws Exception {
        return start(messages, new RecordedNodeEvents());
    }

    /** @param messages null for a node without a channel */
    private ChannelNode start(@Nullable PushMessages messages, RecordedNodeEvents told) throws Exception {
        JdbcStore store = store(database, StoreSettings.DEFAULTS.withThreads(StoreSettings.MIN_THREADS));
        stores.add(store);
        opened.push(store);
        RevocationChannel channel = messages == null ? null : open(store, told.listener(), messages);
        channels.add(channel);
        ChannelNode node = ChannelNode.start(store, channel, NEVER, told);
        opened.push(node);
        return node;
    }

    private static PushMessages messages(int key, NodeListener listener) {
        return new AuthenticatedMessages(APPLICATION, ContractSeals.key(APPLICATION, key), NodeClock.SYSTEM, listener);
    }
}
