package dev.lockstep.connection;

import dev.lockstep.Session;
import dev.lockstep.SessionConnections;
import dev.lockstep.SessionCopy;
import dev.lockstep.StoreUnavailableException;
import dev.lockstep.concurrent.OnceAMinute;
import dev.lockstep.concurrent.Recurring;
import dev.lockstep.connection.KeptConnection.End;
import dev.lockstep.spi.NodeClock;
import dev.lockstep.spi.SessionSearch;
import dev.lockstep.spi.SessionStore;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The connections of one node, by session. Thread-safe.
 *
 * <p><b>Argument.</b> A connection is entered first, and then the store is asked for its session. A
 * revocation that is visible to that read makes it find nothing, so the connection is closed. Any
 * other is committed after the read, hence after the entry, and {@link #ended} is called after the
 * commit: it finds the entry. A session is entered only after it was opened, so a read that begins
 * after the entry and does not find it proves that it has ended; and an ended session never comes
 * back. So it does not matter how reads, entries and ends of one session overlap.
 *
 * <p>The connections of a session are changed only under the map's lock for its identifier; what
 * takes the entry out of the map has them alone, and so closes each once.
 *
 * <p>After {@link #close} nothing is held and nothing is open: either {@code register} sees that it
 * is closed, or its entry was there before, and is closed and cleared.
 *
 * <p>The store is asked for sessions whose end, as last known, has come; for all, every few
 * minutes, as a row may vanish without a revocation; and for all where the node lost track. By
 * identifier, as tokens change; many of one principal at once.
 */
public final class ConnectionRegistry implements SessionConnections, AutoCloseable {

    /** How long a connection may outlive a session that expires, more or less. */
    static final Duration PACE = Duration.ofSeconds(1);
    /** Where the node hears of no revocations, this is what ends connections. */
    static final Duration DEAF_ASKS_AGAIN_AFTER = Duration.ofSeconds(5);

    static final Duration ASKS_AGAIN_AFTER = Duration.ofMinutes(5);
    static final Duration GIVES_UP_AFTER = Duration.ofMinutes(10);

    /** Sessions of a principal that are asked for one by one; a principal may have far more. */
    static final int FEW = 16;

    private static final Logger LOG = System.getLogger(ConnectionRegistry.class.getName());

    private final SessionStore store;
    private final @Nullable SessionSearch search;
    private final Consumer<ConnectionRegistry> node;
    private final NodeClock clock;
    private final LongSupplier storeMillis;
    private final ScheduledExecutorService scheduler;
    private final ConnectionCloser closer;
    private final long asksAgainAfterNanos;
    private final ConcurrentMap<String, Entry> sessions = new ConcurrentHashMap<>();
    private final AtomicBoolean isTicking = new AtomicBoolean();
    private final OnceAMinute unconfirmed = new OnceAMinute();
    private volatile long missedNanos;
    private volatile boolean isClosed;

    /**
     * @param search the same store, where it can find a session by its identifier
     * @param hears whether the node learns of revocations, and calls {@link #ended}
     * @param node told before a connection is entered: from then on it calls {@link #ended} and
     *     {@link #missed}
     * @param storeMillis the store's clock, as this node knows it
     * @param scheduler where the store is asked; nothing runs before there is a connection
     */
    public ConnectionRegistry(
            SessionStore store,
            @Nullable SessionSearch search,
            boolean hears,
            Consumer<ConnectionRegistry> node,
            NodeClock clock,
            LongSupplier storeMillis,
            ScheduledExecutorService scheduler,
            ConnectionCloser closer) {
        this.store = store;
        this.search = search;
        this.node = node;
        this.clock = clock;
        this.storeMillis = storeMillis;
        this.scheduler = scheduler;
        this.closer = closer;
        this.asksAgainAfterNanos = (hears ? ASKS_AGAIN_AFTER : DEAF_ASKS_AGAIN_AFTER).toNanos();
        this.missedNanos = clock.nanoTime() - 1;
    }

    @Override
    public Registration register(Session session, AutoCloseable connection) {
        Objects.requireNonNull(session, "session");
        Objects.requireNonNull(connection, "connection");
        Registered registered = new Registered(session.id(), KeptConnection.of(connection));
        node.accept(this);
        enter(session, registered);
        if (isClosed) {
            registered.unregister();
            registered.end();
            return registered;
        }
        boolean asked = false;
        try {
            tickFromNowOn();
            ask(session.principal(), List.of(session.id()));
            asked = true;
        } finally {
            if (!asked) {
                registered.unregister();
            }
        }
        return registered;
    }

    /**
     * A session has ended: closes what is open for it. Never throws; never blocks, unless there
     * are no threads, as when the application ends.
     */
    public void ended(String sessionId) {
        Entry entry = sessions.remove(sessionId);
        if (entry != null) {
            closer.closeLater(
                    sessionId,
                    entry.connections.stream().map(Registered::connection).iterator());
        }
    }

    /** Any session may have ended unheard: each is asked for. Never blocks, never throws. */
    public void missed() {
        missedNanos = clock.nanoTime();
    }

    /** Closes all connections: not every container ends those of an application that ends. */
    @Override
    public void close() {
        isClosed = true;
        List<Runnable> open = sessions.values().stream()
                .flatMap(entry -> entry.connections.stream())
                .<Runnable>map(registered -> registered::end)
                .toList();
        sessions.clear();
        closer.closeAll(open);
    }

    /** To be called once a second or so, by one thread; blocks for as long as the store does. */
    void tick() {
        Map<String, List<String>> due = new HashMap<>();
        long now = clock.nanoTime();
        long storeNow = storeMillis.getAsLong();
        sessions.forEach((id, entry) -> {
            entry.connections.stream().filter(Registered::isOver).forEach(Registered::unregister);
            if (isDue(entry, now, storeNow)) {
                due.computeIfAbsent(entry.session.principal(), principal -> new ArrayList<>())
                        .add(id);
            }
        });
        askInTurn(due);
    }

    /** How many sessions have connections, for tests. */
    int size() {
        return sessions.size();
    }

    private boolean isDue(Entry entry, long now, long storeNow) {
        return entry.session.validUntilMillis() <= storeNow
                || now - entry.confirmedNanos >= asksAgainAfterNanos
                || entry.confirmedNanos - missedNanos <= 0;
    }

    private void enter(Session session, Registered registered) {
        var unused = sessions.compute(session.id(), (id, present) -> {
            Entry entry =
                    present == null ? new Entry(session, clock.nanoTime(), ConcurrentHashMap.newKeySet()) : present;
            entry.connections.add(registered);
            return entry;
        });
    }

    private void tickFromNowOn() {
        if (isTicking.compareAndSet(false, true)) {
            boolean begun = false;
            try {
                var unused = Recurring.of("The check of sessions that have open connections", this::tick)
                        .every(PACE, scheduler);
                begun = true;
            } finally {
                isTicking.set(begun);
            }
        }
    }

    /** A store that did not answer once is not asked again before the next tick. */
    private void askInTurn(Map<String, List<String>> due) {
        boolean isAway = false;
        for (Map.Entry<String, List<String>> each : due.entrySet()) {
            try {
                if (!isAway) {
                    ask(each.getKey(), each.getValue());
                    continue;
                }
            } catch (RuntimeException e) {
                isAway = e instanceof StoreUnavailableException;
                LOG.log(Level.DEBUG, "A session with open connections could not be asked for; a later tick does.", e);
            }
            each.getValue().forEach(this::giveUpOnTime);
        }
    }

    /**
     * Of whom the store vouches for, connections go on; those of others end.
     *
     * @param ids sessions of the principal that were entered before
     */
    private void ask(String principal, List<String> ids) {
        long asked = clock.nanoTime();
        Map<String, Session> live = found(principal, ids).collect(Collectors.toMap(Session::id, Function.identity()));
        for (String id : ids) {
            Session session = live.get(id);
            if (session == null) {
                ended(id);
            } else {
                var unused = sessions.computeIfPresent(id, (same, entry) -> entry.confirmed(session, asked));
            }
        }
    }

    private Stream<Session> found(String principal, List<String> ids) {
        return search == null || ids.size() > FEW
                ? store.list(principal).stream()
                : ids.stream().map(search::byId).filter(Objects::nonNull).map(SessionCopy::session);
    }

    private void giveUpOnTime(String id) {
        Entry entry = sessions.get(id);
        if (entry != null && clock.nanoTime() - entry.confirmedNanos >= GIVES_UP_AFTER.toNanos()) {
            if (unconfirmed.isDue()) {
                LOG.log(
                        Level.WARNING,
                        "LOCKSTEP-0222 The store has not answered for " + GIVES_UP_AFTER.toMinutes()
                                + " minutes, so the WebSockets and event streams of its sessions are closed. silence="
                                + GIVES_UP_AFTER);
            }
            ended(id);
        }
    }

    /**
     * A session for which connections are open.
     *
     * @param session as the store last vouched for it
     * @param confirmedNanos no later than that, by the node's monotonic clock
     */
    private record Entry(Session session, long confirmedNanos, Set<Registered> connections) {

        /** Of two answers, that of the later read counts. */
        Entry confirmed(Session now, long nanos) {
            return nanos - confirmedNanos < 0 ? this : new Entry(now, nanos, connections);
        }
    }

    private final class Registered implements Registration {

        private final String sessionId;
        private final KeptConnection connection;

        Registered(String sessionId, KeptConnection connection) {
            this.sessionId = sessionId;
            this.connection = connection;
        }

        KeptConnection connection() {
            return connection;
        }

        /** The application has ended. */
        void end() {
            closer.close(sessionId, connection, End.OF_APPLICATION);
        }

        /** What can't tell is kept: closing it is still to be tried. */
        boolean isOver() {
            try {
                return !connection.isOpen();
            } catch (RuntimeException e) {
                return false;
            }
        }

        @Override
        public void unregister() {
            var unused = sessions.computeIfPresent(sessionId, (id, entry) -> {
                entry.connections.remove(this);
                return entry.connections.isEmpty() ? null : entry;
            });
        }
    }
}
