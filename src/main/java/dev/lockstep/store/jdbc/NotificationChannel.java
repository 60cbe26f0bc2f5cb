package dev.lockstep.store.jdbc;

import dev.lockstep.channel.TextMessages;
import dev.lockstep.pool.Eviction;
import dev.lockstep.redaction.Redaction;
import dev.lockstep.spi.ChannelListener;
import dev.lockstep.spi.LogPosition;
import dev.lockstep.spi.Poke;
import dev.lockstep.spi.PushMessages;
import dev.lockstep.spi.ReceivedPokes;
import dev.lockstep.spi.RevocationChannel;
import dev.lockstep.store.jdbc.connection.Connections;
import dev.lockstep.store.jdbc.dialect.Notifications;
import dev.lockstep.store.jdbc.dialect.Notifications.DeafConnectionException;
import dev.lockstep.store.jdbc.dialect.Notifications.Note;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Pushes and pokes by the database's own notifications. It listens on one connection that it keeps
 * for as long as it lives. The thread that listens applies what is pushed and acknowledges it, and
 * reads the store where it is poked; pushes are sent by an {@linkplain Outbox outbox's}.
 *
 * <p>A connection that hears nothing is of no use, and need not know: a pooler may have given its
 * server's connection to somebody else. So it is proved before it counts, and after each
 * silence, by a poke to this channel itself that another connection sends. One that is lost is
 * replaced. Until it is, the other nodes are poked, since nobody would hear that they acknowledge a
 * push. Where none could ever listen, polls go on alone, and nobody is told of commits.
 *
 * <p>Thread-safe. {@code listening} and the thread end with {@link #close}; {@code up} and
 * {@code heard} are written by the thread alone.
 */
final class NotificationChannel implements RevocationChannel {

    private static final Logger LOG = System.getLogger(NotificationChannel.class.getName());

    /** Where what has come already is looked at, and nothing waited for. */
    private static final Duration GLANCE = Duration.ofMillis(1);

    /** An estimate: a notification takes a millisecond. */
    private static final Duration PROOF = Duration.ofSeconds(3);

    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

    /** Where a pooler stands between, until somebody may have changed that. */
    private static final Duration DEAF_PAUSE = Duration.ofMinutes(10);

    private static final Duration LONGEST_END = Duration.ofSeconds(1);

    private final Notifications notifications;
    private final Connections.Source source;
    private final DirectCalls calls;
    private final ThreadFactory threads;
    private final ChannelListener listener;
    private final Duration silence;
    private final String sender = Poke.newSender();
    private final ReceivedPokes received = new ReceivedPokes(sender);
    private final Outbox outbox;
    private final TextMessages messages;
    private volatile @Nullable Connection listening;
    private volatile @Nullable Thread thread;
    private volatile boolean closed;
    private volatile boolean heard;
    private volatile boolean up;
    private boolean told;

    NotificationChannel(
            Notifications notifications,
            Connections.Source source,
            DirectCalls calls,
            ThreadFactory threads,
            ChannelListener listener,
            PushMessages pushes,
            Duration silence) {
        this.notifications = notifications;
        this.source = source;
        this.calls = calls;
        this.threads = threads;
        this.listener = listener;
        this.silence = silence;
        this.outbox = new Outbox(calls, threads);
        this.messages = new TextMessages(sender, pushes, outbox);
    }

    @Override
    public boolean pokes() {
        return true;
    }

    @Override
    public boolean pushes() {
        return up;
    }

    @Override
    public void start(Receiver receiver) {
        outbox.start();
        Thread made = threads.newThread(() -> listenOn(receiver));
        thread = made;
        made.start();
    }

    @Override
    public void push(Message message, Duration deadline, Consumer<String> acknowledged) {
        if (closed) {
            return;
        }
        if (up) {
            messages.push(message, deadline, acknowledged);
        } else if (heard) {
            messages.poke(message);
        }
    }

    /** Nothing: an acknowledgement tells them, as soon as there is a connection that listens. */
    @Override
    public void answer(LogPosition applied, Set<String> senders) {}

    /** Wakes the thread by a poke, so that it leaves its connection in order, or else by force. */
    @Override
    public void close() {
        closed = true;
        outbox.close();
        Thread listener = thread;
        if (listener == null) {
            return;
        }
        LockSupport.unpark(listener);
        try {
            if (listening != null) {
                calls.send(toSelf());
            }
        } catch (RuntimeException e) {
            LOG.log(Level.DEBUG, "The channel could not be woken; its connection is ended instead.", e);
        }
        awaitEnd(listener);
    }

    private void awaitEnd(Thread listener) {
        try {
            outbox.awaitEnd(LONGEST_END);
            listener.join(LONGEST_END.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            Connection left = listening;
            if (left != null) {
                Eviction.evict(left);
            }
        }
    }

    private void listenOn(Receiver receiver) {
        Duration pause = SHORTEST_PAUSE;
        while (!closed) {
            try {
                listen(receiver);
            } catch (DeafConnectionException e) {
                pause = DEAF_PAUSE;
                deaf(e);
            } catch (SQLException | RuntimeException | Error e) {
                pause = up ? SHORTEST_PAUSE : longer(pause);
                lost(e);
            }
            tell(false);
            if (!closed) {
                LockSupport.parkNanos(pause.toNanos());
            }
        }
    }

    private void listen(Receiver receiver) throws SQLException {
        Connection lent = source.get();
        listening = lent;
        boolean inOrder = false;
        try {
            Notifications.Listener ear = notifications.listen(lent, sender);
            prove(ear, receiver);
            begun();
            receive(ear, receiver);
            ear.end();
            inOrder = true;
        } finally {
            listening = null;
            if (inOrder) {
                lent.close();
            } else {
                Eviction.evict(lent);
            }
        }
    }

    private void receive(Notifications.Listener ear, Receiver receiver) throws SQLException {
        Duration pause = Duration.ZERO;
        while (!closed) {
            List<String> texts = ear.await(pause.isZero() ? silence : GLANCE);
            if (texts.isEmpty() && pause.isZero()) {
                prove(ear, receiver);
            }
            add(texts, receiver);
            pause = received.handTo(receiver);
            LockSupport.parkNanos(pause.toNanos());
        }
    }

    /**
     * Looks once more when the time is over: sending answers, to what came before, may have taken
     * all of it.
     */
    private void prove(Notifications.Listener ear, Receiver receiver) throws SQLException {
        calls.send(toSelf());
        long end = System.nanoTime() + PROOF.toNanos();
        boolean proved = false;
        while (!proved) {
            long left = end - System.nanoTime();
            proved = add(ear.await(Duration.ofNanos(Math.max(left, GLANCE.toNanos()))), receiver);
            if (!proved && left <= 0) {
                throw new DeafConnectionException("nothing that is sent arrives");
            }
        }
    }

    /** Whether a poke of this channel's own is among them. The answers are sent together. */
    private boolean add(List<String> texts, Receiver receiver) {
        boolean own = false;
        for (String text : messages.take(texts, receiver)) {
            own |= received.add(text);
        }
        return own;
    }

    private List<Note> toSelf() {
        Poke poke = new Poke(Poke.Kind.APPLIED, new LogPosition(0, 0), sender);
        return List.of(new Note(Optional.of(sender), poke.text()));
    }

    private void begun() {
        calls.answerAs(sender);
        heard = true;
        if (told) {
            LOG.log(Level.INFO, "LOCKSTEP-0142 The revocation channel is back. channel=" + notifications.channel());
        }
        told = false;
        tell(true);
    }

    private void tell(boolean isUp) {
        if (up != isUp) {
            up = isUp;
            listener.channel(isUp);
        }
    }

    private void deaf(SQLException e) {
        if (!told && !closed) {
            LOG.log(
                    Level.WARNING,
                    "LOCKSTEP-0140 No connection of the store can listen, so logouts wait for the other nodes' polls: "
                            + e.getMessage()
                            + ". Let the pool unwrap connections, and lead past a pooler that gives each transaction"
                            + " another one; or set lockstep.channel=none. channel=" + notifications.channel());
        }
        told = true;
    }

    private void lost(Throwable e) {
        if (!told && !closed) {
            LOG.log(
                    Level.WARNING,
                    "LOCKSTEP-0141 The revocation channel has no connection; until it has, logouts wait for the other"
                            + " nodes' polls. channel=" + notifications.channel(),
                    Redaction.cause(e, ""));
        }
        told = true;
    }

    private static Duration longer(Duration pause) {
        Duration twice = pause.multipliedBy(2);
        return twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE;
    }
}
