package dev.lockstep.store.jdbc;

import dev.lockstep.spi.ChannelListener;
import dev.lockstep.spi.DirectLog.StoreChannel;
import dev.lockstep.spi.LogConnection;
import dev.lockstep.spi.LogPosition;
import dev.lockstep.spi.NodeClock;
import dev.lockstep.spi.Poke;
import dev.lockstep.spi.PushMessages;
import dev.lockstep.spi.RevocationChannel;
import dev.lockstep.spi.RevocationLog.LogPage;
import dev.lockstep.spi.RevocationLog.NodeRows;
import dev.lockstep.store.jdbc.connection.Connections;
import dev.lockstep.store.jdbc.connection.Failures;
import dev.lockstep.store.jdbc.connection.StoreConnection;
import dev.lockstep.store.jdbc.connection.StoreExecutor.Deadline;
import dev.lockstep.store.jdbc.dialect.Database;
import dev.lockstep.store.jdbc.dialect.Notifications;
import dev.lockstep.store.jdbc.dialect.Notifications.Note;
import dev.lockstep.store.jdbc.dialect.Statements;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadFactory;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The calls of a store that a logout waits for, on the thread that calls and a connection of the
 * pool: a change of threads takes as long as the statement. Whoever calls is one of the node's few
 * own threads, so nobody is starved of connections by it.
 *
 * <p>Thread-safe.
 */
final class DirectCalls implements LogConnection {

    /** So rarely that it is nothing beside a node's two polls a second. */
    private static final Duration SILENCE = Duration.ofMinutes(1);

    private final DataSource dataSource;
    private final Connections connections;
    private final Statements statements;
    private final Failures failures;
    private final Duration timeout;
    private final Optional<Notifications> notifications;
    private volatile @Nullable String sender;

    private DirectCalls(
            DataSource dataSource,
            Connections connections,
            Statements statements,
            Failures failures,
            Duration timeout,
            Optional<Notifications> notifications) {
        this.dataSource = dataSource;
        this.connections = connections;
        this.statements = statements;
        this.failures = failures;
        this.timeout = timeout;
        this.notifications = notifications;
    }

    /** @param timeout for each call */
    static DirectCalls of(
            Database database,
            String application,
            Statements statements,
            Connections connections,
            Failures failures,
            Duration timeout) {
        return new DirectCalls(
                database.dataSource(),
                connections,
                statements,
                failures,
                timeout,
                database.dialect().notifications(application));
    }

    @Override
    public LogPage poll(String nodeId, LogPosition after, int limit) {
        return call(connection -> statements.log().poll(connection, nodeId, after, limit));
    }

    @Override
    public boolean acknowledge(String nodeId, LogPosition applied, Set<String> senders) {
        String own = sender;
        if (own == null || senders.isEmpty()) {
            call(connection -> statements.nodes().acknowledge(connection, nodeId, applied));
            return senders.isEmpty();
        }
        Poke answer = new Poke(Poke.Kind.APPLIED, applied, own);
        return call(connection -> {
            notifications.orElseThrow().acknowledge(connection, nodeId, applied, answer, senders);
            return true;
        });
    }

    @Override
    public NodeRows nodesAmong(Collection<String> nodeIds) {
        List<String> fixed = List.copyOf(nodeIds);
        return call(connection -> statements.nodes().among(connection, fixed));
    }

    /** The channel that the database provides, opened at most once. */
    Optional<StoreChannel> channel() {
        return channel(SILENCE);
    }

    /** @param silence after which it is tried whether the channel still hears */
    Optional<StoreChannel> channel(Duration silence) {
        return notifications.map(by -> new StoreChannel(by.channel(), new Opening(by, silence)));
    }

    /** Has acknowledgements tell those who wait for them, in the name of this sender. */
    void answerAs(String own) {
        sender = own;
    }

    /** Sends texts to other nodes, in their order, by one statement. */
    void send(List<Note> notes) {
        call(connection -> {
            notifications.orElseThrow().send(connection, notes);
            return true;
        });
    }

    private <T> T call(StoreConnection.Work<T> work) {
        try {
            return connections.job(work).run(Deadline.after(NodeClock.SYSTEM, timeout));
        } catch (Exception e) {
            throw failures.of(e);
        }
    }

    private final class Opening implements StoreChannel.Factory {

        private final Notifications by;
        private final Duration silence;

        Opening(Notifications by, Duration silence) {
            this.by = by;
            this.silence = silence;
        }

        @Override
        public RevocationChannel open(ThreadFactory threads, ChannelListener listener) {
            return open(threads, listener, PushMessages.NONE);
        }

        @Override
        public RevocationChannel open(ThreadFactory threads, ChannelListener listener, PushMessages messages) {
            return new NotificationChannel(
                    by, dataSource::getConnection, DirectCalls.this, threads, listener, messages, silence);
        }
    }
}
