package dev.lockstep.session;

import dev.lockstep.SessionConnections;
import dev.lockstep.SessionManager;
import dev.lockstep.SessionToken;
import dev.lockstep.canary.Canaries;
import dev.lockstep.canary.CanaryStore;
import dev.lockstep.concurrent.Recurring;
import dev.lockstep.connection.ConnectionCloser;
import dev.lockstep.connection.ConnectionRegistry;
import dev.lockstep.key.ApplicationKey;
import dev.lockstep.revocation.RevocationNode;
import dev.lockstep.spi.DirectLog;
import dev.lockstep.spi.LogConnection;
import dev.lockstep.spi.NodeClock;
import dev.lockstep.spi.NodeListener;
import dev.lockstep.spi.RevocationChannel;
import dev.lockstep.spi.RevocationLog;
import dev.lockstep.spi.SessionSearch;
import dev.lockstep.spi.SessionStore;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;
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

    private static final Logger LOG = System.getLogger(SessionNode.class.getName());

    private final SessionThreads threads;
    private final UsageRecorder usage;
    private final RevocationNode revocation;
    private final Sweeper sweeper;
    private final @Nullable SessionCounter counter;
    private final TokenVerifier verifier;
    private final SessionManager manager;
    private final ConnectionRegistry connections;
    private final @Nullable SessionSearch search;
    private final @Nullable CanaryStore canaryStore;
    private final Optional<Canaries> canaries;

    /**
     * @param application separates the tokens of applications that share a store
     * @param store also asked whether it is a {@link RevocationLog}, and a {@link DirectLog}
     * @param key marks tokens; told by polls which version is in force
     * @param channel makes logouts quick; null for none
     * @param factory makes the threads; in a server, ones that the container manages
     * @param observer told of what the node does; must not throw
     */
    public SessionNode(
            String application,
            SessionSettings settings,
            SessionStore store,
            ApplicationKey key,
            LayeredCache copies,
            @Nullable RevocationChannel channel,
            SessionEvents events,
            NodeClock clock,
            ThreadFactory factory,
            NodeListener observer) {
        RevocationLog log = store instanceof RevocationLog keepsLog
                ? TimedCalls.of(RevocationLog.class, keepsLog, observer, clock)
                : null;
        LogConnection direct = store instanceof DirectLog quick
                ? TimedCalls.of(LogConnection.class, quick.connect(), observer, clock)
                : null;
        SessionStore timed = TimedCalls.of(SessionStore.class, store, observer, clock);
        SessionSearch all = store instanceof SessionSearch searches
                ? TimedCalls.of(SessionSearch.class, searches, observer, clock)
                : null;
        search = all == null ? null : new UsersSearch(all);
        boolean trustCopies = log != null && !settings.revocation().lease().isZero();
        threads = new SessionThreads(factory);
        RevocationEffects listener = new RevocationEffects(
                copies, key, events, threads.background(), threads.housekeeping(), clock, GATHERING);
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
                settings.revocation(), timed, log, direct, channel, listener, clock, threads.ofNode(), observer);
        usage = new UsageRecorder(
                timed,
                trustCopies ? digests -> copies.refresh(digests, timed) : digests -> {},
                clock,
                threads.timer(),
                threads.background());
        TokenDigester digester = new TokenDigester(application, settings.tokenPrefix());
        verifier = new TokenVerifier(key);
        key.whenCopiesAreDistrusted(copies::dropAllNear);
        SessionLookup lookup = new SessionLookup(
                revocation.current(), timed, copies, digester, verifier, usage, trustCopies, clock, observer);
        manager = new StoreBackedSessionManager(
                settings,
                timed,
                revocation.committer(),
                lookup,
                digester,
                verifier,
                new TokenGenerator(settings.tokenPrefix(), key),
                events,
                observer,
                threads.completions());
        sweeper = new Sweeper(timed, revocation::storeMillisRead, clock, events, observer);
        canaryStore = all == null || log == null
                ? null
                : new NodeCanaryStore(
                        timed, all, log, revocation.current(), lookup, revocation.committer(), threads.canaries());
        canaries = settings.canary().flatMap(period -> canaries(settings, period, observer));
        counter = search == null ? null : new SessionCounter(search, clock, observer, threads.background());
    }

    private Optional<Canaries> canaries(SessionSettings settings, Duration period, NodeListener observer) {
        CanaryStore theirs = canaryStore;
        if (theirs == null) {
            LOG.log(
                    Level.WARNING,
                    "LOCKSTEP-0227 lockstep.canary is set, but the store can't tell of canaries, as it implements no"
                            + " SessionSearch or keeps no revocation log: nothing is proved. node="
                            + settings.revocation().nodeName());
            return Optional.empty();
        }
        return Optional.of(
                new Canaries(theirs, settings.revocation().nodeName(), period, threads.canaries(), observer));
    }

    /** What canaries of this node need; null where the store can't tell of them. */
    @Nullable
    CanaryStore canaryStore() {
        return canaryStore;
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
        canaries.ifPresent(Canaries::start);
    }

    private void repeat(String what, Runnable task, Duration period) {
        var unused = Recurring.of(what, task).every(period, threads.housekeeping());
    }

    public SessionManager manager() {
        return manager;
    }

    /** Whether a token has the form of those that are issued here, and no node has issued it. */
    public boolean isForged(SessionToken token) {
        return verifier.isForged(token);
    }

    public SessionConnections connections() {
        return connections;
    }

    /** Finds users' sessions without their tokens; null where the store can't. */
    public @Nullable SessionSearch search() {
        return search;
    }

    @Override
    public void close() {
        connections.close();
        canaries.ifPresent(Canaries::close);
        usage.close();
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
