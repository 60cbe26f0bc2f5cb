package dev.lockstep.bench;

import dev.lockstep.IssuedToken;
import dev.lockstep.SessionCache;
import dev.lockstep.SessionCopy;
import dev.lockstep.SessionManager;
import dev.lockstep.SessionToken;
import dev.lockstep.TokenDigest;
import dev.lockstep.channel.AuthenticatedMessages;
import dev.lockstep.contract.ContractContext;
import dev.lockstep.key.ApplicationKey;
import dev.lockstep.revocation.ProtocolLimits;
import dev.lockstep.revocation.RevocationSettings;
import dev.lockstep.revocation.RevocationSettings.FactsLimits;
import dev.lockstep.session.Digests;
import dev.lockstep.session.LayeredCache;
import dev.lockstep.session.SessionEvents;
import dev.lockstep.session.SessionNode;
import dev.lockstep.session.SessionSettings;
import dev.lockstep.session.TestTokens;
import dev.lockstep.spi.NodeClock;
import dev.lockstep.spi.NodeListener;
import dev.lockstep.spi.PushMessages;
import dev.lockstep.spi.RevocationChannel;
import dev.lockstep.store.jdbc.JdbcStore;
import dev.lockstep.store.jdbc.StoreSettings;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * A node as a deployment puts it together, with the defaults of the product, but without a
 * container: its store, its caches, its threads.
 */
public final class Node implements AutoCloseable {

    public static final String APPLICATION = "/bench";
    /** What tokens begin with by default. */
    public static final String TOKEN_PREFIX = "lks_";

    public static final Duration POLL = Duration.ofMillis(500);
    public static final Duration TIME_TO_LIVE = Duration.ofMinutes(15);

    private static final Duration STORE_TIMEOUT = Duration.ofSeconds(5);
    private static final ThreadFactory THREADS = work -> {
        Thread thread = new Thread(work, "lockstep");
        thread.setDaemon(true);
        return thread;
    };
    private static final ScheduledExecutorService SCHEDULER = Executors.newSingleThreadScheduledExecutor(THREADS);

    private final JdbcStore store;
    private final CountedStore counted;
    private final ApplicationKey key;
    private final Supplier<SessionToken> tokens;
    private final SessionNode node;
    private final @Nullable RevocationChannel channel;

    /** A node that hears of revocations by {@link #receiver} and tells nobody. */
    public Node(DataSource dataSource, @Nullable SessionCache near, @Nullable SessionCache shared, FactsLimits limits) {
        this(dataSource, near, shared, limits, (store, messages) -> new DeafChannel());
    }

    /** One that tells a listener what it does. */
    public static Node heard(DataSource dataSource, SessionCache near, FactsLimits limits, NodeListener listener) {
        return new Node(
                opened(dataSource), near, null, (store, messages) -> new DeafChannel(), settings(limits), listener);
    }

    /** Opens a node's channel, by what knows the application's key; null for none. */
    @FunctionalInterface
    public interface Channels {
        @Nullable
        RevocationChannel open(JdbcStore store, PushMessages messages);
    }

    /** The channel that the database provides. */
    public static RevocationChannel notifications(JdbcStore store, PushMessages messages) {
        return store.channel().orElseThrow().factory().open(THREADS, NodeListener.NONE, messages);
    }

    public Node(
            DataSource dataSource,
            @Nullable SessionCache near,
            @Nullable SessionCache shared,
            FactsLimits limits,
            Channels channels) {
        this(opened(dataSource), near, shared, channels, settings(limits), NodeListener.NONE);
    }

    /** One whose application has had its key for so long that every session's token has a tag. */
    public static Node ofOldKey(
            DataSource dataSource, SessionCache near, @Nullable SessionCache shared, NodeListener listener)
            throws SQLException, InterruptedException {
        JdbcStore store = opened(dataSource);
        store.keyRing(Duration.ofDays(1)).destroy();
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("UPDATE lockstep_key SET created_at = created_at - 864000000");
        }
        Node node = new Node(
                store, near, shared, (own, messages) -> new DeafChannel(), settings(FactsLimits.DEFAULT), listener);
        while (!node.key.known().coversEverySession()) {
            Thread.sleep(20);
        }
        return node;
    }

    /** A token as this node issues them; no session has it. */
    public SessionToken newToken() {
        return tokens.get();
    }

    /** As the filter asks of a token that opens nothing. */
    public boolean isForged(SessionToken token) {
        return node.isForged(token);
    }

    private static JdbcStore opened(DataSource dataSource) {
        return JdbcStore.open(dataSource, APPLICATION, StoreSettings.DEFAULTS, THREADS);
    }

    private static SessionSettings settings(FactsLimits limits) {
        return SessionSettings.of(RevocationSettings.of("bench", Duration.ofSeconds(2), POLL, STORE_TIMEOUT)
                .withFacts(limits));
    }

    /** One whose sessions end when they are not used for so long. */
    public static Node idling(DataSource dataSource, SessionCache near, Duration idleTimeout) {
        SessionSettings usual = settings(FactsLimits.DEFAULT);
        SessionSettings settings = new SessionSettings(
                usual.absoluteTimeout(),
                idleTimeout,
                usual.awaitLogout(),
                usual.cookie(),
                usual.canary(),
                usual.tokenPrefix(),
                usual.revocation());
        return new Node(
                opened(dataSource), near, null, (store, messages) -> new DeafChannel(), settings, NodeListener.NONE);
    }

    private Node(
            JdbcStore store,
            @Nullable SessionCache near,
            @Nullable SessionCache shared,
            Channels channels,
            SessionSettings settings,
            NodeListener listener) {
        this.store = store;
        counted = new CountedStore(store);
        key = ApplicationKey.kept(
                APPLICATION,
                store,
                settings.absoluteTimeout(),
                ProtocolLimits.LONGEST_LEASE,
                ProtocolLimits.certainlyOver(ProtocolLimits.LONGEST_LEASE),
                Runnable::run,
                NodeClock.SYSTEM);
        key.start();
        tokens = TestTokens.of(key);
        channel = channels.open(store, new AuthenticatedMessages(APPLICATION, key, NodeClock.SYSTEM, listener));
        node = new SessionNode(
                APPLICATION,
                settings,
                counted.store(),
                key,
                new LayeredCache(near, shared, TIME_TO_LIVE, NodeClock.SYSTEM),
                channel,
                new NoEvents(),
                NodeClock.SYSTEM,
                THREADS,
                listener);
        node.start();
    }

    /** What caches are made from. */
    public static ContractContext context(long maxEntries) {
        return ContractContext.of(APPLICATION, SCHEDULER, NodeClock.SYSTEM).withMaxEntries(maxEntries);
    }

    public SessionManager sessions() {
        return node.manager();
    }

    /** How often a session was read from the store. */
    public int storeReads() {
        return counted.finds();
    }

    /** The way by which other nodes' revocations come. */
    public RevocationChannel.Receiver receiver() {
        return Objects.requireNonNull(((DeafChannel) Objects.requireNonNull(channel)).receiver);
    }

    public SessionCopy copyOf(IssuedToken issued) {
        return Objects.requireNonNull(store.find(digestOf(issued.token())));
    }

    public static TokenDigest digestOf(SessionToken token) {
        return Digests.of(APPLICATION, token);
    }

    /** Waits until a copy of this live session is trusted. */
    public void awaitLease(SessionToken live) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        int before = storeReads() - 1;
        while (storeReads() != before) {
            if (System.nanoTime() - end > 0) {
                throw new IllegalStateException("no lease");
            }
            LockSupport.parkNanos(20_000_000);
            before = storeReads();
            sessions().find(live).orElseThrow();
        }
    }

    @Override
    public void close() {
        node.close();
        store.close();
    }

    /** Sends nothing, and gives away who listens. */
    private static final class DeafChannel implements RevocationChannel {

        private volatile @Nullable Receiver receiver;

        @Override
        public void start(Receiver listener) {
            receiver = listener;
        }

        @Override
        public void push(Message message, Duration deadline, Consumer<String> acknowledged) {}

        @Override
        public void close() {}
    }

    private static final class NoEvents implements SessionEvents {
        @Override
        public void fire(Object event) {}

        @Override
        public void fireLater(Object event) {}
    }
}
