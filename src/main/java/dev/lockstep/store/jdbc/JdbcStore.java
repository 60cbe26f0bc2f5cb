package dev.lockstep.store.jdbc;

import dev.lockstep.LogPosition;
import dev.lockstep.NewSession;
import dev.lockstep.RevocationTarget;
import dev.lockstep.Revoked;
import dev.lockstep.Rotated;
import dev.lockstep.Session;
import dev.lockstep.SessionCopy;
import dev.lockstep.SessionStore;
import dev.lockstep.TokenDigest;
import dev.lockstep.spi.NodeClock;
import dev.lockstep.spi.NodeListener;
import dev.lockstep.spi.RevocationLog;
import dev.lockstep.store.jdbc.SqlErrors.Meaning;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Sessions, the revocation log and the node rows in an H2 or PostgreSQL database.
 *
 * <p>Tables: {@code lockstep_session}, {@code lockstep_log_clock}, {@code lockstep_revocation}, {@code lockstep_node},
 * {@code lockstep_housekeeping}; each row belongs to one application. A session's row goes when the session is revoked
 * or swept; a log row when it is trimmed; a node's row when the node ends or is given up.
 *
 * <p>Thread-safe. All work is done on threads of its own, in five {@linkplain Lanes lanes} so that neither the feed nor
 * a login nor a revocation waits behind reads or housekeeping, on connections in autocommit mode or in transactions of its own at READ COMMITTED:
 * no transaction of a caller is ever seen. No call takes longer than the timeout; one that can't answer throws
 * {@link dev.lockstep.StoreUnavailableException}.
 */
public final class JdbcStore implements SessionStore, RevocationLog, AutoCloseable {

    /** For what is asked for again soon: one answer that does not come is not to hold up the next. */
    private static final Duration READING = Duration.ofSeconds(1);

    private static final int LONGEST_APPLICATION = 255;
    private static final int SWEEP = 500;
    private static final int TRIM = 5000;
    private static final int TRIMS = 20;

    private final Duration timeout;
    private final Lanes lanes;
    private final Database database;
    private final SqlErrors errors;
    private final Connections connections;
    private final LogClock clock;
    private final SessionTable sessions;
    private final LogTable log;
    private final NodeTable nodes;
    private final SessionChanges sessionChanges;
    private final LogChanges logChanges;

    private JdbcStore(String application, StoreSettings settings, Lanes lanes, Database database) {
        Statements statements = Statements.of(database.dialect(), application, settings.timeout());
        this.timeout = settings.timeout();
        this.lanes = lanes;
        this.database = database;
        this.errors = database.dialect().errors();
        this.connections =
                new Connections(database.dataSource()::getConnection, database.reach() == Reach.PRIVATE, errors);
        this.clock = statements.clock();
        this.sessions = statements.sessions();
        this.log = statements.log();
        this.nodes = statements.nodes();
        this.sessionChanges = statements.sessionChanges();
        this.logChanges = statements.logChanges();
    }

    /**
     * Opens a store: finds out which database it is, sees to the tables as the settings say, and to the durability of
     * commits, and runs each of its statements once, for an application that nobody has.
     *
     * @param application separates the rows of applications that share a database; 1 to 255 characters
     * @param threads makes the store's threads; managed by the container where there is one
     * @throws dev.lockstep.LockstepException if the database is none of H2 and PostgreSQL, if the tables can't be made
     *     or are not as they must be, if a statement can't be run, or if the database can't be reached
     */
    public static JdbcStore open(
            DataSource dataSource, String application, StoreSettings settings, ThreadFactory threads) {
        return open(
                dataSource,
                application,
                settings,
                threads,
                NodeListener.NONE,
                failures("lockstep.store.datasource"));
    }

    /** {@link #open(DataSource, String, StoreSettings, ThreadFactory)}. */
    public static JdbcStore open(
            StoreDataSource source, String application, StoreSettings settings, ThreadFactory threads) {
        return open(source, application, settings, threads, NodeListener.NONE);
    }

    /**
     * {@link #open(DataSource, String, StoreSettings, ThreadFactory)}.
     *
     * @param listener told of the queues in front of the store; must not throw
     */
    public static JdbcStore open(
            StoreDataSource source,
            String application,
            StoreSettings settings,
            ThreadFactory threads,
            NodeListener listener) {
        return open(source.dataSource(), application, settings, threads, listener, failures(source.name()));
    }

    private static Failures failures(String source) {
        return new Failures(source, Dialects.errors());
    }

    private static JdbcStore open(
            DataSource dataSource,
            String application,
            StoreSettings settings,
            ThreadFactory threads,
            NodeListener listener,
            Failures failures) {
        if (!Text.fits(application, LONGEST_APPLICATION)) {
            throw new IllegalArgumentException("application: 1 to " + LONGEST_APPLICATION + " characters");
        }
        Lanes lanes = new Lanes(listener, settings.threads(), settings.queue(), threads, NodeClock.SYSTEM, failures);
        try {
            Database database = Opening.open(dataSource, settings, lanes.reads(), threads);
            JdbcStore store = new JdbcStore(application, settings, lanes, database);
            Rehearsal rehearsal = new Rehearsal(database, settings.timeout(), failures);
            Opening.finish(
                    lanes.reads(),
                    store.connections.job(link -> store.patiently(link, begun -> {
                        store.clock.ensure(begun);
                        store.clock.requireOwn(begun);
                        rehearsal.run(begun);
                        database.durability().ensure(begun);
                        return true;
                    })));
            return store;
        } catch (RuntimeException | Error e) {
            lanes.shutdown();
            throw e;
        }
    }

    /** Which nodes can share its database. */
    public Reach reach() {
        return database.reach();
    }

    @Override
    public SessionCopy open(NewSession session) {
        NewSessions.check(session);
        return callOnce(lanes.logins(), link -> opened(link, session), database.durability());
    }

    @Override
    public @Nullable SessionCopy find(TokenDigest digest) {
        return call(lanes.reads(), link -> sessions.find(link, digest)).orElse(null);
    }

    @Override
    public List<Session> list(String principal) {
        return Text.keeps(principal) ? call(lanes.reads(), link -> sessions.list(link, principal)) : List.of();
    }

    @Override
    public void touch(TokenDigest digest, Duration unlessWithin) {
        call(lanes.reads(), link -> sessions.touch(link, digest, unlessWithin));
    }

    @Override
    public List<Revoked> revoke(List<RevocationTarget> targets) {
        return targets.isEmpty() ? List.of() : commitRevocations(targets).outcome();
    }

    @Override
    public @Nullable Rotated rotate(TokenDigest current, TokenDigest next) {
        Committed<Rotated> committed = commitRotation(current, next);
        return committed == null ? null : committed.outcome();
    }

    @Override
    public List<Session> deleteExpired(Instant before) {
        return call(lanes.housekeeping(), link -> sessionChanges.deleteExpired(link, before, SWEEP));
    }

    @Override
    public Registration register(String nodeId, String name, Duration lease) {
        return callOnce(lanes.feed(), link -> logChanges.register(link, nodeId, name, lease), database.durability());
    }

    @Override
    public LogPage poll(String nodeId, LogPosition after, int limit) {
        return call(lanes.feed(), link -> log.poll(link, nodeId, after, limit));
    }

    @Override
    public void acknowledge(String nodeId, LogPosition applied) {
        call(lanes.feed(), link -> nodes.acknowledge(link, nodeId, applied));
    }

    @Override
    public Committed<List<Revoked>> commitRevocations(List<RevocationTarget> targets) {
        List<RevocationTarget> fixed = List.copyOf(targets);
        return call(
                lanes.revocations(),
                RefusedException.noticedBy(errors, link -> logChanges.revoke(link, fixed)),
                database.durability());
    }

    @Override
    public @Nullable Committed<Rotated> commitRotation(TokenDigest current, TokenDigest next) {
        return callOnce(lanes.revocations(), link -> logChanges.rotate(link, current, next), database.durability())
                .orElse(null);
    }

    @Override
    public Committed<Revoked> announce(List<RevocationTarget> gone) {
        List<LogEntry> entries = LogEntry.ofGone(gone);
        return call(
                lanes.revocations(),
                RefusedException.noticedBy(errors, link -> logChanges.announce(link, entries)),
                database.durability());
    }

    @Override
    public NodeRows nodes() {
        return call(lanes.feed(), nodes::all);
    }

    @Override
    public NodeRows nodesBehind(LogPosition place) {
        return call(lanes.feed(), shortened(timeout), link -> nodes.behind(link, place));
    }

    @Override
    public void fence(Collection<String> nodeIds) {
        List<String> fixed = List.copyOf(nodeIds);
        call(lanes.housekeeping(), link -> nodes.fence(link, fixed), database.durability());
    }

    @Override
    public void remove(Collection<String> nodeIds) {
        List<String> fixed = List.copyOf(nodeIds);
        call(lanes.housekeeping(), link -> nodes.remove(link, fixed));
    }

    @Override
    public void trim(LogPosition upTo) {
        int batches = 0;
        while (batches < TRIMS && call(lanes.housekeeping(), link -> logChanges.trim(link, upTo, TRIM))) {
            batches++;
        }
    }

    @Override
    public void startEpoch(LogPosition seen) {
        call(lanes.revocations(), link -> clock.startEpoch(link, seen), database.durability());
    }

    /** How many threads are at work. */
    int busy() {
        return lanes.busy();
    }

    /** How many calls wait for a thread. */
    int waiting() {
        return lanes.waiting();
    }

    /**
     * Begins nothing more, and waits, at most for the timeout, for what is under way. What waits for a thread fails.
     */
    @Override
    public void close() {
        lanes.shutdown();
        lanes.awaitEnd(timeout);
    }

    private <T> T call(Lane lane, Link.Work<T> work) {
        return call(lane, timeout, work);
    }

    private <T> T call(Lane lane, Duration deadline, Link.Work<T> work) {
        return lane.call(deadline, connections.job(link -> patiently(link, work)));
    }

    private <T> T call(Lane lane, Link.Work<T> work, Durability after) {
        return lane.call(timeout, connections.job(link -> patiently(link, work, after)));
    }

    private static Duration shortened(Duration timeout) {
        return timeout.compareTo(READING) < 0 ? timeout : READING;
    }

    private SessionCopy opened(Link link, NewSession session) throws SQLException {
        try {
            return sessionChanges.open(link, session);
        } catch (SQLException e) {
            throw errors.is(Meaning.INEXPRESSIBLE, e) ? new InexpressibleException() : e;
        }
    }

    /** For what must not be done twice; all else may be. */
    private <T> T callOnce(Lane lane, Link.Work<T> work, Durability after) {
        return lane.call(timeout, connections.jobOnce(link -> patiently(link, work, after)));
    }

    private <T> T patiently(Link link, Link.Work<T> work, Durability after) throws SQLException {
        T result = patiently(link, work);
        after.ensure(link);
        return result;
    }

    /** Until it succeeds, fails for good, or the deadline has passed. */
    private <T> T patiently(Link link, Link.Work<T> work) throws SQLException {
        while (true) {
            try {
                return work.on(link);
            } catch (MissingClockException e) {
                clock.ensure(link);
            } catch (SQLException e) {
                if (!errors.is(Meaning.PASSING, e)) {
                    throw e;
                }
            }
            link.deadline().check();
        }
    }
}
