package dev.lockstep.session;

import dev.lockstep.SessionConnections;
import dev.lockstep.SessionManager;
import dev.lockstep.concurrent.Recurring;
import dev.lockstep.connection.ConnectionCloser;
import dev.lockstep.connection.ConnectionRegistry;
import dev.lockstep.revocation.RevocationNode;
import dev.lockstep.spi.NodeClock;
import dev.lockstep.spi.NodeListener;
import dev.lockstep.spi.RevocationChannel;
import dev.lockstep.spi.RevocationLog;
import dev.lockstep.spi.SessionSearch;
import dev.lockstep.spi.SessionStore;
import java.time.Duration;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;

/**
 * One deployment of the product, put together: the session manager, its node, its threads.
 * {@link #start} once, {@link #close} once; the store, the caches and the channel are the caller's.
 */
public final class SessionNode implements AutoCloseable {

    /**
     * Expired sessions open nothing meanwhile: it only bounds how long their rows and events wait.
     */
    private static final Duration SWEEP_PERIOD = Duration.ofMinutes(1);
    /** Voids come once a second at most: so observers hear of five at a time. */
    private static final Duration GATHERING = Duration.ofSeconds(5);

    private final SessionThreads threads;
    private final RevocationNode revocation;
    private final Sweeper sweeper;
    private final @Nullable SessionCounter counter;
    private final SessionManager manager;
    private final ConnectionRegistry connections;
    private final @Nullable SessionSearch search;

    /**
     * @param application separates the tokens of applications that share a store
     * @param store also asked whether it is a {@link RevocationLog}
     * @param channel makes logouts quick; null for none
     * @param factory makes the threads; in a server, ones that the container manages
     * @param observer told of what the node does; must not throw
     */
    public SessionNode(
            String application,
            SessionSettings settings,
            SessionStore store,
            LayeredCache copies,
            @Nullable RevocationChannel channel,
            SessionEvents events,
            NodeClock clock,
            ThreadFactory factory,
            NodeListener observer) {
        RevocationLog log = store instanceof RevocationLog keepsLog
                ? TimedCalls.of(RevocationLog.class, keepsLog, observer, clock)
                : null;
        SessionStore timed = TimedCalls.of(SessionStore.class, store, observer, clock);
        search = store instanceof SessionSearch searches
                ? TimedCalls.of(SessionSearch.class, searches, observer, clock)
                : null;
        boolean trustCopies = log != null && !settings.revocation().lease().isZero();
        threads = new SessionThreads(factory);
        RevocationEffects listener =
                new RevocationEffects(copies, events, threads.background(), threads.housekeeping(), clock, GATHERING);
        connections = new ConnectionRegistry(
                timed,
                search,
                log != null,
                listener::tell,
                clock,
                this::storeMillis,
                threads.connections(),
                new ConnectionCloser(threads.closing(), threads.timer()));
        revocation = new RevocationNode(
                settings.revocation(), timed, log, channel, listener, clock, threads.ofNode(), observer);
        UsageRecorder usage = new UsageRecorder(
                timed, trustCopies ? digest -> copies.refresh(digest, timed) : digest -> {}, threads.background());
        SessionLookup lookup =
                new SessionLookup(revocation.current(), timed, copies, usage, trustCopies, clock, observer);
        manager = new StoreBackedSessionManager(
                settings,
                timed,
                revocation.committer(),
                lookup,
                new TokenDigester(application),
                events,
                observer,
                threads.completions());
        sweeper = new Sweeper(timed, revocation::storeMillisRead, clock, events, observer);
        counter = search == null ? null : new SessionCounter(search, clock, observer, threads.background());
    }

    /**
     * Registers the node and begins to work.
     *
     * @throws dev.lockstep.LockstepException if this node may not run beside another
     */
    public void start() {
        revocation.start();
        repeat("The deletion of expired sessions", sweeper::tick, SWEEP_PERIOD);
        if (counter != null) {
            repeat("The counting of sessions", counter::tick, SessionCounter.PERIOD);
        }
    }

    private void repeat(String what, Runnable task, Duration period) {
        var unused = Recurring.of(what, task).every(period, threads.housekeeping());
    }

    public SessionManager manager() {
        return manager;
    }

    public SessionConnections connections() {
        return connections;
    }

    /** Finds sessions without their tokens; null where the store can't. */
    public @Nullable SessionSearch search() {
        return search;
    }

    @Override
    public void close() {
        connections.close();
        try {
            revocation.close();
        } finally {
            threads.close();
        }
    }

    private long storeMillis() {
        return revocation.current().get().storeMillis();
    }
}
