package dev.lockstep.store.jdbc;

import dev.lockstep.Session;
import dev.lockstep.SessionCopy;
import dev.lockstep.TokenDigest;
import dev.lockstep.spi.DirectLog;
import dev.lockstep.spi.KeyRing;
import dev.lockstep.spi.KeyRingStore;
import dev.lockstep.spi.LogConnection;
import dev.lockstep.spi.LogPosition;
import dev.lockstep.spi.NewSession;
import dev.lockstep.spi.NodeListener;
import dev.lockstep.spi.RevocationLog;
import dev.lockstep.spi.RevocationTarget;
import dev.lockstep.spi.Revoked;
import dev.lockstep.spi.Rotated;
import dev.lockstep.spi.SessionSearch;
import dev.lockstep.spi.SessionStore;
import dev.lockstep.store.jdbc.connection.Connections;
import dev.lockstep.store.jdbc.connection.Gathering;
import dev.lockstep.store.jdbc.connection.RefusedException;
import dev.lockstep.store.jdbc.connection.SqlErrors;
import dev.lockstep.store.jdbc.connection.StoreConnection;
import dev.lockstep.store.jdbc.connection.StoreExecutor;
import dev.lockstep.store.jdbc.connection.StoreExecutors;
import dev.lockstep.store.jdbc.dialect.Database;
import dev.lockstep.store.jdbc.dialect.Durability;
import dev.lockstep.store.jdbc.dialect.LogChanges;
import dev.lockstep.store.jdbc.dialect.LogClock;
import dev.lockstep.store.jdbc.dialect.LogEntry;
import dev.lockstep.store.jdbc.dialect.NewSessions;
import dev.lockstep.store.jdbc.dialect.NodeTable;
import dev.lockstep.store.jdbc.dialect.RevocationChanges;
import dev.lockstep.store.jdbc.dialect.SessionChanges;
import dev.lockstep.store.jdbc.dialect.SessionTable;
import dev.lockstep.store.jdbc.dialect.Sharing;
import dev.lockstep.store.jdbc.dialect.Statements;
import dev.lockstep.store.jdbc.dialect.StorableText;
import dev.lockstep.store.jdbc.dialect.Targets;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Sessions, the revocation log and the node rows in a relational database.
 *
 * <p>Tables: {@code lockstep_session, lockstep_log_clock, lockstep_revocation, lockstep_node,
 * lockstep_key, lockstep_housekeeping}; each row belongs to one application. A session's row goes
 * when it is revoked or swept; a log row when it is trimmed; a node's when it ends or is given up.
 *
 * <p>Thread-safe. All work is done on threads of its own, in five
 * {@linkplain StoreExecutors executors}, so that neither the feed nor a login nor a revocation
 * waits behind reads or housekeeping. Connections are in autocommit mode, or in transactions of
 * the store's own at READ COMMITTED: no transaction of a caller is ever seen. No call takes longer
 * than the timeout; one that can't answer throws {@link dev.lockstep.StoreUnavailableException}.
 */
public final class JdbcStore
        implements SessionStore, RevocationLog, SessionSearch, DirectLog, KeyRingStore, AutoCloseable {

    /** For what is asked for again soon: an answer that does not come must not hold up the next. */
    private static final Duration READING = Duration.ofSeconds(1);

    /** Sessions that one statement sweeps: few enough to be done within milliseconds. */
    private static final int SWEEP_BATCH = 500;

    /** Log rows that one transaction trims: a fraction of a second, as revocations wait for it. */
    private static final int TRIM_BATCH = 5000;

    /** Transactions of one trim. What a busy minute leaves behind, 100,000 rows, goes in one. */
    private static final int MAX_TRIM_BATCHES = 20;

    /** Statements of finds at a time: enough for slow answers, and few enough to gather. */
    private static final int FINDING = 4;

    /** Finds of one statement: more would be no cheaper, and the first waits for the last. */
    private static final int MAX_FINDS = 64;

    /** Transactions that open sessions at a time: while one is made durable, the next gathers. */
    private static final int OPENING = 1;

    private final Duration timeout;
    private final Duration reading;
    private final Database database;
    private final Durability durability;
    private final SqlErrors errors;
    private final StoreExecutors executors;
    private final StoreExecutor reads;
    private final StoreExecutor revocations;
    private final StoreExecutor feed;
    private final StoreExecutor housekeeping;
    private final Connections connections;
    private final Statements statements;
    private final LogClock clock;
    private final SessionTable sessions;
    private final NodeTable nodes;
    private final SessionChanges sessionChanges;
    private final LogChanges logChanges;
    private final RevocationChanges revocationChanges;
    private final Gathering<TokenDigest, Optional<SessionCopy>> finds;
    private final DirectCalls direct;
    private final Gathering<NewSession, SessionCopy> opens;

    JdbcStore(String application, StoreSettings settings, StoreExecutors executors, Database database) {
        this.statements = Statements.of(database.dialect(), application, settings.timeout());
        this.timeout = settings.timeout();
        this.reading = timeout.compareTo(READING) < 0 ? timeout : READING;
        this.database = database;
        this.durability = database.durability();
        this.errors = database.dialect().errors();
        this.executors = executors;
        this.reads = executors.reads();
        this.revocations = executors.revocations();
        this.feed = executors.feed();
        this.housekeeping = executors.housekeeping();
        this.clock = statements.clock();
        this.sessions = statements.sessions();
        this.nodes = statements.nodes();
        this.sessionChanges = statements.sessionChanges();
        this.logChanges = statements.logChanges();
        this.revocationChanges = statements.revocationChanges();
        this.connections = new Connections(
                database.dataSource()::getConnection, database.sharing() == Sharing.PRIVATE, errors, clock::repaired);
        this.finds = reads.gathering(
                errors,
                Gathering.Bounds.of(FINDING, MAX_FINDS),
                digests -> connections.job(connection -> sessions.find(connection, digests)));
        this.direct = DirectCalls.of(database, application, statements, connections, executors.failures(), timeout);
        StoreExecutor logins = executors.logins();
        this.opens = logins.gathering(
                errors,
                new Gathering.Bounds<>(OPENING, NewSessions.MAX_WEIGHT, NewSessions::weight),
                asked -> connections.jobOnce(connection -> sessionChanges.open(connection, asked), durability::ensure));
    }

    /**
     * Opens a store: finds out which database it is, sees to the tables as the settings say, and to
     * the durability of commits, and runs each of its statements once, for an application that
     * nobody has.
     *
     * @param application separates the rows of applications that share a database; 1 to 255
     *     characters
     * @param threads makes the store's threads; managed by the container where there is one
     * @throws dev.lockstep.LockstepException if the database is none that the store works with, if
     *     the tables can't be made or are not as they must be, if a statement can't be run, or if
     *     the database can't be reached
     */
    public static JdbcStore open(
            DataSource dataSource, String application, StoreSettings settings, ThreadFactory threads) {
        return new StoreStartup(
                        dataSource, "lockstep.store.datasource", application, settings, threads, NodeListener.NONE)
                .opened();
    }

    /** Likewise; the listener is told of the queues in front of the store, and must not throw. */
    public static JdbcStore open(
            StoreDataSource source,
            String application,
            StoreSettings settings,
            ThreadFactory threads,
            NodeListener listener) {
        return new StoreStartup(source.dataSource(), source.name(), application, settings, threads, listener).opened();
    }

    /** What is left to be done, once, before it is open. */
    StoreExecutor.Job<?> beginning() {
        return connections.job(
                connection -> {
                    clock.ensure(connection);
                    clock.requireOwn(connection);
                    new Rehearsal(database, timeout, executors.failures()).run(connection);
                    return true;
                },
                durability::ensure);
    }

    /** Which nodes can share its database. */
    public Sharing sharing() {
        return database.sharing();
    }

    @Override
    public SessionCopy open(NewSession session) {
        NewSessions.check(session);
        return opens.call(timeout, session);
    }

    @Override
    public @Nullable SessionCopy find(TokenDigest digest) {
        return finds.call(timeout, digest).orElse(null);
    }

    @Override
    public List<Session> list(String principal) {
        return StorableText.keeps(principal)
                ? call(reads, connection -> sessions.list(connection, principal))
                : List.of();
    }

    @Override
    public void touch(TokenDigest digest, Duration unlessWithin) {
        touchAll(List.of(digest), Duration.ZERO, unlessWithin);
    }

    @Override
    public void touchAll(List<TokenDigest> digests, Duration ago, Duration unlessWithin) {
        List<TokenDigest> fixed = List.copyOf(digests);
        call(reads, connection -> sessionChanges.touch(connection, fixed, ago, unlessWithin));
    }

    @Override
    public List<SessionCopy> findAll(List<TokenDigest> digests) {
        List<TokenDigest> fixed = List.copyOf(digests);
        return call(reads, connection -> sessions.find(connection, fixed)).stream()
                .flatMap(Optional::stream)
                .toList();
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
        return call(housekeeping, connection -> sessionChanges.deleteExpired(connection, before, SWEEP_BATCH));
    }

    @Override
    public @Nullable SessionCopy byId(String sessionId) {
        return call(reads, connection -> statements.search().byId(connection, sessionId))
                .orElse(null);
    }

    @Override
    public Page page(@Nullable String principal, @Nullable String after, int limit) {
        if (limit < 1 || limit > LONGEST_PAGE) {
            throw new IllegalArgumentException("limit: 1 to " + LONGEST_PAGE);
        }
        return call(reads, connection -> statements.search().page(connection, principal, after, limit));
    }

    @Override
    public long count(String principal) {
        return call(reads, connection -> statements.search().count(connection, principal));
    }

    /** Not among the reads: requests would wait behind it. */
    @Override
    public long count() {
        return call(housekeeping, statements.search()::count);
    }

    @Override
    public Registration register(String nodeId, String name, Duration lease) {
        return callOnce(feed, connection -> logChanges.register(connection, nodeId, name, lease), durability);
    }

    @Override
    public LogPage poll(String nodeId, LogPosition after, int limit) {
        return call(feed, connection -> statements.log().poll(connection, nodeId, after, limit));
    }

    @Override
    public void acknowledge(String nodeId, LogPosition applied) {
        call(feed, connection -> nodes.acknowledge(connection, nodeId, applied));
    }

    @Override
    public Committed<List<Revoked>> commitRevocations(List<RevocationTarget> targets) {
        Targets fixed = Targets.of(List.copyOf(targets));
        return callTogether(connection -> revocationChanges.revoke(connection, fixed));
    }

    @Override
    public @Nullable Committed<Rotated> commitRotation(TokenDigest current, TokenDigest next) {
        return callOnce(revocations, connection -> logChanges.rotate(connection, current, next), durability)
                .orElse(null);
    }

    @Override
    public Committed<Revoked> announce(List<RevocationTarget> gone) {
        List<LogEntry> entries = LogEntry.ofGone(gone);
        return callTogether(connection -> logChanges.announce(connection, entries));
    }

    @Override
    public NodeRows nodes() {
        return call(feed, nodes::all);
    }

    @Override
    public NodeRows nodesAmong(Collection<String> nodeIds) {
        List<String> fixed = List.copyOf(nodeIds);
        return feed.call(reading, connections.job(connection -> nodes.among(connection, fixed)));
    }

    @Override
    public void fence(Collection<String> nodeIds) {
        List<String> fixed = List.copyOf(nodeIds);
        call(housekeeping, connection -> nodes.fence(connection, fixed), durability);
    }

    @Override
    public void remove(Collection<String> nodeIds) {
        List<String> fixed = List.copyOf(nodeIds);
        call(housekeeping, connection -> nodes.remove(connection, fixed));
    }

    @Override
    public void trim(LogPosition upTo) {
        boolean more = true;
        for (int batch = 0; more && batch < MAX_TRIM_BATCHES; batch++) {
            more = call(housekeeping, connection -> logChanges.trim(connection, upTo, TRIM_BATCH));
        }
    }

    @Override
    public void startEpoch(LogPosition seen) {
        call(revocations, connection -> clock.startEpoch(connection, seen), durability);
    }

    @Override
    public KeyRing keyRing(Duration keep) {
        return call(reads, connection -> statements.keys().read(connection))
                .orElseGet(() -> replaceKey(0, keep, Former.STAYS));
    }

    @Override
    public KeyRing replaceKey(long number, Duration keep, Former former) {
        return call(revocations, connection -> statements.keys().replace(connection, number, keep, former), durability);
    }

    @Override
    public LogConnection connect() {
        return direct;
    }

    @Override
    public Optional<StoreChannel> channel() {
        return direct.channel();
    }

    /** How many threads are at work. */
    int busy() {
        return executors.busy();
    }

    /** How many calls wait for a thread. */
    int waiting() {
        return executors.waiting();
    }

    /**
     * Begins nothing more, and waits, at most for the timeout, for what is under way. What waits
     * for a thread fails.
     */
    @Override
    public void close() {
        executors.shutdown();
        executors.awaitEnd(timeout);
    }

    private <T> T call(StoreExecutor executor, StoreConnection.Work<T> work) {
        return executor.call(timeout, connections.job(work));
    }

    private <T> T call(StoreExecutor executor, StoreConnection.Work<T> work, Durability after) {
        return executor.call(timeout, connections.job(work, after::ensure));
    }

    /** For the revocations of several callers, of which one may be refused and fail the rest. */
    private <T> T callTogether(StoreConnection.Work<T> work) {
        return call(revocations, connection -> together(connection, work), durability);
    }

    private <T> T together(StoreConnection connection, StoreConnection.Work<T> work) throws SQLException {
        try {
            return work.on(connection);
        } catch (SQLException e) {
            throw RefusedException.orSame(e, errors, connection.deadline());
        }
    }

    /** For what must not be done twice; all else may be. */
    private <T> T callOnce(StoreExecutor executor, StoreConnection.Work<T> work, Durability after) {
        return executor.call(timeout, connections.jobOnce(work, after::ensure));
    }
}
