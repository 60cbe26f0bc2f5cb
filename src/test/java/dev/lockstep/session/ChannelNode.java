package dev.lockstep.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lockstep.IssuedToken;
import dev.lockstep.contract.NaiveCache;
import dev.lockstep.contract.RecordedNodeEvents;
import dev.lockstep.key.ApplicationKey;
import dev.lockstep.revocation.RevocationSettings;
import dev.lockstep.spi.NodeClock;
import dev.lockstep.spi.RevocationChannel;
import dev.lockstep.spi.RevocationLog.NodeRow;
import dev.lockstep.store.jdbc.JdbcStore;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** A node of a test of channels: it is registered, holds a lease, and its channel hears. */
final class ChannelNode implements AutoCloseable {

    static final String APPLICATION = "/shop";

    /** Longer than a test: what a poll would bring does not come. */
    static final Duration NEVER = Duration.ofHours(1);

    private static final Duration LEASE = Duration.ofMinutes(1);

    private final SessionNode node;
    private final RecordedNodeEvents told;
    private final String row;
    private final AtomicBoolean closed = new AtomicBoolean();

    private ChannelNode(SessionNode node, RecordedNodeEvents told, String row) {
        this.node = node;
        this.told = told;
        this.row = row;
    }

    /** @param channel null for none; tells the listener of {@code told} when it hears */
    static ChannelNode start(
            JdbcStore store, @Nullable RevocationChannel channel, Duration poll, RecordedNodeEvents told) {
        List<String> before = rows(store);
        SessionNode node = new SessionNode(
                APPLICATION,
                SessionSettings.of(RevocationSettings.of("node of a test", LEASE, poll, Duration.ofSeconds(30))),
                store,
                ApplicationKey.absent(APPLICATION),
                new LayeredCache(new NaiveCache(), null, Duration.ofMinutes(15), NodeClock.SYSTEM),
                channel,
                new RecordedEvents(),
                NodeClock.SYSTEM,
                Executors.defaultThreadFactory(),
                told.listener());
        node.start();
        await().until(() -> channel == null || told.of("channel").contains("channel true"));
        await().until(() -> !told.of("leaseGranted").isEmpty());
        String row = rows(store).stream()
                .filter(id -> !before.contains(id))
                .findFirst()
                .orElseThrow();
        return new ChannelNode(node, told, row);
    }

    private static List<String> rows(JdbcStore store) {
        return store.nodes().rows().stream().map(NodeRow::id).toList();
    }

    SessionNode node() {
        return node;
    }

    RecordedNodeEvents told() {
        return told;
    }

    /** The identifier of its row. */
    String row() {
        return row;
    }

    IssuedToken open() {
        return node.manager().open("alice", Set.of("user"));
    }

    /** Has a copy that is vouched for. */
    void cache(IssuedToken token) {
        await().until(() -> {
            told.take();
            assertThat(node.manager().find(token.token())).isPresent();
            return told.of("loaded").isEmpty();
        });
    }

    void assertRefusesWithoutTheStore(IssuedToken token) {
        told.take();
        assertThat(node.manager().find(token.token())).isEmpty();
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
