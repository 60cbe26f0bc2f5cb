package dev.lockstep.store.jdbc;

import dev.lockstep.LogPosition;
import dev.lockstep.Revocation;
import dev.lockstep.RevocationTarget;
import dev.lockstep.Revoked;
import dev.lockstep.Rotated;
import dev.lockstep.SessionCopy;
import dev.lockstep.TokenDigest;
import dev.lockstep.spi.RevocationLog.Committed;
import dev.lockstep.spi.RevocationLog.NodeRow;
import dev.lockstep.spi.RevocationLog.NodeRows;
import dev.lockstep.spi.RevocationLog.Registration;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Changes the log in PostgreSQL. A whole transaction, from BEGIN to COMMIT, is sent at once and read back at once: one
 * round trip, and a node that is stopped in the middle of a logout leaves no lock behind for the others to wait for.
 *
 * <p>At READ COMMITTED each statement of a transaction has a snapshot of its own. So the second one, which does all the
 * work, sees what was committed while the first one waited for the clock row. It could not be one statement: its
 * snapshot would be older than the lock. Within the second, all parts see the tables as they were before it.
 *
 * <p>The transaction commits synchronously, and gives up waiting for locks at its caller's deadline, whatever the
 * server's settings are.
 *
 * <p>What a revocation reads does not grow with the tables, and it takes no time to plan: the planner is left one way
 * only, an index for each lookup, whatever it knows of the tables. Else a plan that was made for empty tables would read
 * all of them, with the clock row locked, until they are next analyzed. So there is no sequential scan, and in {@code named}
 * and {@code doomed} and what follows from them the application is an expression that no index has.
 */
final class PostgresLogChanges implements LogChanges {

    /** Parameters: the transaction's limit in milliseconds as text, twice. */
    private static final String SETTINGS =
            Dialect.POSTGRESQL.sql("SELECT set_config('lock_timeout', ?, true), {durably},"
                    + " set_config(CASE WHEN current_setting('server_version_num')::int >= 170000"
                    + " THEN 'transaction_timeout' ELSE 'lock_timeout' END, ?, true),"
                    + " set_config('plan_cache_mode', 'force_generic_plan', true),"
                    + " set_config('enable_seqscan', 'off', true);");

    /** Parameters: of the settings; the application. */
    private static final String BEGIN = "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE;" + SETTINGS
            + "SELECT 1 FROM lockstep_log_clock WHERE application = ? FOR UPDATE;";

    private static final String COMMIT = ";COMMIT";

    /** Reads the node rows: no node that may not know of the commit is missed. Parameter: the application. */
    private static final String NODES = Dialect.POSTGRESQL.sql(Feed.NODES) + COMMIT;

    /** Reads behind a commit, at an isolation that never makes it fail: what was committed would be tried again. */
    private static final String THEN = ";BEGIN ISOLATION LEVEL READ COMMITTED READ ONLY;";

    /** Parameter: the application. */
    private static final String BEFORE =
            "WITH before AS (SELECT CAST(FLOOR(EXTRACT(EPOCH FROM clock_timestamp()) * 1000) AS BIGINT) AS now, {epoch} AS epoch,"
                    + " c.position, c.floor FROM lockstep_log_clock c WHERE c.application = ?), ";

    private static final String LOG_INTO =
            "INSERT INTO lockstep_revocation (application, position, digest, session_id, principal, cause, revoked_at)";

    /** Parameters: the application; digests; identifiers; the application. */
    private static final String LOGGED = "WITH named AS (SELECT r.session_id AS id FROM lockstep_revocation r"
            + " WHERE r.application || '' = ? AND r.digest = ANY (?) UNION SELECT unnest(?))"
            + " SELECT " + LogRows.COLUMNS + " FROM lockstep_revocation r JOIN named n ON r.session_id = n.id"
            + " WHERE r.application || '' = ?";

    /** Parameters: the application; all principals. */
    private static final String LOGGED_OF_PRINCIPALS = " UNION SELECT " + LogRows.COLUMNS
            + " FROM lockstep_revocation r WHERE r.application || '' = ? AND r.principal = ANY (?)";

    /** Parameters: the application; principals; others of; kept; the application. */
    private static final String DOOMED_OF_PRINCIPALS =
            " UNION SELECT s.id FROM lockstep_session s WHERE s.application || '' = ? AND s.principal = ANY (?)"
                    + " UNION SELECT s.id FROM unnest(?, ?) AS o (principal, kept) JOIN lockstep_session s"
                    + " ON s.application || '' = ? AND s.principal = o.principal AND s.id <> o.kept";

    /** By tokens and identifiers alone, which most revocations are. */
    private static final String REVOKE_SESSIONS = revocation("", "");

    private static final String REVOKE = revocation(DOOMED_OF_PRINCIPALS, LOGGED_OF_PRINCIPALS);

    private static final String ROTATE = transaction("turned AS (UPDATE lockstep_session s"
                    + " SET digest = ?, last_seen_at = b.now, valid_until = LEAST(s.expires_at, b.now + s.idle_timeout)"
                    + " FROM before b WHERE s.application = ? AND s.digest = ? AND s.valid_until > b.now RETURNING s.*), "
                    + "advanced AS (UPDATE lockstep_log_clock c SET position = c.position + 1"
                    + " WHERE c.application = ? AND EXISTS (SELECT 1 FROM turned)), "
                    + "logged AS (" + LOG_INTO + " SELECT ?, b.position + 1, ?, t.id, t.principal, 'ROTATED', b.now"
                    + " FROM turned t CROSS JOIN before b RETURNING *)"
                    + " SELECT b.now, b.epoch, b.position, " + SessionRows.COLUMNS + ", " + LogRows.COLUMNS
                    + " FROM before b LEFT JOIN (turned s CROSS JOIN logged r) ON TRUE")
            + THEN
            + NODES;

    /** Parameters: the application; digests, identifiers, principals and causes; the application; of the nodes. */
    private static final String ANNOUNCE = transaction("entry AS (SELECT b.position + a.number AS position, a.digest,"
                    + " a.id AS session_id, a.principal, a.cause, b.now AS revoked_at FROM before b"
                    + " CROSS JOIN unnest(?, ?, ?, ?) WITH ORDINALITY AS a (digest, id, principal, cause, number)), "
                    + "advanced AS (UPDATE lockstep_log_clock c SET position = n.position"
                    + " FROM (SELECT max(position) AS position FROM entry) n"
                    + " WHERE c.application = ? AND n.position IS NOT NULL), "
                    + "logged AS (" + LOG_INTO
                    + " SELECT ?, position, digest, session_id, principal, cause, revoked_at FROM entry)"
                    + " SELECT b.now, b.epoch, b.position, " + LogRows.COLUMNS
                    + " FROM before b LEFT JOIN entry r ON TRUE ORDER BY r.position")
            + THEN
            + NODES;

    private static final String REGISTER = transaction("added AS (INSERT INTO lockstep_node"
            + " (application, id, name, lease_millis, applied, applied_epoch, fenced)"
            + " SELECT ?, ?, ?, ?, b.position, b.epoch, FALSE FROM before b)"
            + " SELECT b.now, b.epoch, b.position, " + Feed.NODE_COLUMNS
            + " FROM before b LEFT JOIN lockstep_node n ON n.application = ? ORDER BY n.id");

    private static final String TRIM = transaction("reach AS ("
            + "SELECT LEAST(?, b.position, b.floor + ?) AS floor FROM before b WHERE b.epoch = ?), "
            + "deeper AS (SELECT r.floor FROM reach r, before b WHERE r.floor > b.floor), "
            + "trimmed AS (DELETE FROM lockstep_revocation r USING deeper d"
            + " WHERE r.application = ? AND r.position <= d.floor), "
            + "raised AS (UPDATE lockstep_log_clock c SET floor = d.floor FROM deeper d WHERE c.application = ?)"
            + " SELECT b.now, b.epoch, b.position, COALESCE(d.floor >= b.floor + ?, FALSE)"
            + " FROM before b LEFT JOIN deeper d ON TRUE");

    /** Which result of a text is that of its own first query: the settings and the lock come first. */
    private static final int WORK = 2;

    private static final int SESSION = Clock.WIDTH;
    private static final int LOG_OF_ROTATION = SESSION + SessionRows.WIDTH;

    private final String application;
    private final SessionRows rows;

    PostgresLogChanges(String application, JsonText json) {
        this.application = application;
        this.rows = new SessionRows(json);
    }

    @Override
    public Committed<List<Revoked>> revoke(Link link, List<RevocationTarget> targets) throws SQLException {
        Targets of = Targets.of(targets);
        boolean byPrincipal = of.allPrincipals().length > 0;
        return run(
                link,
                byPrincipal ? REVOKE : REVOKE_SESSIONS,
                results -> {
                    List<LogRow> ended = Link.all(results.get(WORK), LogRow::map);
                    List<Revocation> logged = Link.all(results.get(WORK + 2), row -> LogRows.map(row, 0));
                    long epoch = clock(ended).head().epoch();
                    return new Committed<>(of.outcomes(epoch, logged), Feed.nodeRows(results.get(WORK + 3)));
                },
                arguments(link, of, byPrincipal));
    }

    private Object[] arguments(Link link, Targets of, boolean byPrincipal) {
        List<Object> arguments =
                new ArrayList<>(List.of(application, of.digests(), application, of.digests(), of.ids()));
        if (byPrincipal) {
            arguments.addAll(List.of(application, of.principals(), of.othersOf(), of.kept(), application));
        }
        String limit = limit(link);
        arguments.addAll(List.of(application, application, application));
        arguments.addAll(List.of(limit, limit, application, of.digests(), of.ids(), application));
        if (byPrincipal) {
            arguments.addAll(List.of(application, of.allPrincipals()));
        }
        arguments.add(application);
        return arguments.toArray();
    }

    @Override
    public Committed<Revoked> announce(Link link, List<LogEntry> entries) throws SQLException {
        return run(
                link,
                ANNOUNCE,
                results -> {
                    List<LogRow> read = Link.all(results.get(WORK), LogRow::map);
                    Revoked announced = Outcomes.of(clock(read).head().epoch(), revocations(read));
                    return new Committed<>(announced, Feed.nodeRows(results.get(WORK + 1)));
                },
                entries.stream().map(entry -> entry.digest().toBytes()).toArray(byte[][]::new),
                texts(entries, LogEntry::sessionId),
                texts(entries, LogEntry::principal),
                texts(entries, entry -> entry.cause().name()),
                application,
                application,
                application);
    }

    @Override
    public Optional<Committed<Rotated>> rotate(Link link, TokenDigest current, TokenDigest next) throws SQLException {
        byte[] old = current.toBytes();
        return run(
                link,
                ROTATE,
                results -> {
                    Optional<Rotated> rotated = rotated(results.get(WORK), next);
                    NodeRows nodes = Feed.nodeRows(results.get(WORK + 1));
                    return rotated.map(it -> new Committed<>(it, nodes));
                },
                next.toBytes(),
                application,
                old,
                application,
                application,
                old,
                application);
    }

    @Override
    public Registration register(Link link, String nodeId, String name, Duration lease) throws SQLException {
        List<Neighbour> read = run(
                link,
                REGISTER,
                results -> Link.all(results.get(WORK), Neighbour::map),
                application,
                nodeId,
                name,
                lease.toMillis(),
                application);
        List<NodeRow> others =
                read.stream().map(Neighbour::node).filter(Objects::nonNull).toList();
        if (read.isEmpty()) {
            throw new MissingClockException();
        }
        return new Registration(read.get(0).clock().head(), others);
    }

    @Override
    public boolean trim(Link link, LogPosition upTo, int limit) throws SQLException {
        long most = limit;
        return run(
                link,
                TRIM,
                results -> firstRow(results.get(WORK)).getBoolean(Clock.WIDTH + 1),
                upTo.position(),
                most,
                upTo.epoch(),
                application,
                application,
                most);
    }

    /**
     * Parameters: the application, digests, the same again, identifiers; of doomed; the application three times; of the
     * settings; of what is logged; of the nodes.
     */
    private static String revocation(String doomed, String logged) {
        return transaction("named AS ("
                        + "SELECT s.id FROM lockstep_session s WHERE s.application || '' = ? AND s.digest = ANY (?)"
                        + " UNION SELECT r.session_id FROM lockstep_revocation r WHERE r.application || '' = ? AND r.digest = ANY (?)"
                        + " UNION SELECT unnest(?)), "
                        + "doomed AS (SELECT id FROM named" + doomed + "), "
                        + "ended AS (DELETE FROM lockstep_session s USING doomed d, before b"
                        + " WHERE s.application || '' = ? AND s.id = d.id RETURNING s.digest, s.id, s.principal), "
                        + "entry AS (SELECT b.position + row_number() OVER () AS position, e.digest, e.id, e.principal, b.now"
                        + " FROM ended e CROSS JOIN before b), "
                        + "advanced AS (UPDATE lockstep_log_clock c SET position = n.position"
                        + " FROM (SELECT max(position) AS position FROM entry) n"
                        + " WHERE c.application = ? AND n.position IS NOT NULL), "
                        + "logged AS (" + LOG_INTO
                        + " SELECT ?, position, digest, id, principal, 'REVOKED', now FROM entry RETURNING *)"
                        + " SELECT b.now, b.epoch, b.position, " + LogRows.COLUMNS
                        + " FROM before b LEFT JOIN logged r ON TRUE ORDER BY r.position")
                + THEN + SETTINGS + LOGGED + logged + ";" + NODES;
    }

    private static String transaction(String work) {
        return BEGIN + Dialect.POSTGRESQL.sql(BEFORE + work) + COMMIT;
    }

    /** Runs one of the texts above; the results of its own first query are at {@link #WORK}. */
    private <T> T run(Link link, String text, Link.Reader<T> reader, Object... arguments) throws SQLException {
        String limit = limit(link);
        Object[] all = new Object[arguments.length + 4];
        all[0] = limit;
        all[1] = limit;
        all[2] = application;
        all[3] = application;
        System.arraycopy(arguments, 0, all, 4, arguments.length);
        return link.wholeTransaction(text, reader, all);
    }

    private static String limit(Link link) {
        return Integer.toString(link.deadline().remainingMillis());
    }

    private static String[] texts(List<LogEntry> entries, Function<LogEntry, String> text) {
        return entries.stream().map(text).toArray(String[]::new);
    }

    /** There is a row at least, since the clock row is in each. */
    private static ResultSet firstRow(ResultSet rows) throws SQLException {
        if (!rows.next()) {
            throw new MissingClockException();
        }
        return rows;
    }

    private static Clock clock(List<LogRow> read) throws MissingClockException {
        return MissingClockException.require(read.isEmpty() ? null : read.get(0).clock());
    }

    private static List<Revocation> revocations(List<LogRow> read) {
        return read.stream().map(LogRow::revocation).filter(Objects::nonNull).toList();
    }

    private Optional<Rotated> rotated(ResultSet rotation, TokenDigest next) throws SQLException {
        ResultSet row = firstRow(rotation);
        if (row.getString(SESSION + 1) == null) {
            return Optional.empty();
        }
        long epoch = Clock.map(row).head().epoch();
        Revocation old = LogRows.map(row, LOG_OF_ROTATION);
        return Optional.of(new Rotated(
                new SessionCopy(next, rows.map(row, SESSION), epoch, old.position()),
                Outcomes.of(epoch, List.of(old))));
    }

    private record LogRow(Clock clock, @Nullable Revocation revocation) {
        static LogRow map(ResultSet row) throws SQLException {
            return new LogRow(
                    Clock.map(row), row.getBytes(Clock.WIDTH + 2) == null ? null : LogRows.map(row, Clock.WIDTH));
        }
    }

    private record Neighbour(Clock clock, @Nullable NodeRow node) {
        static Neighbour map(ResultSet row) throws SQLException {
            return new Neighbour(
                    Clock.map(row), row.getString(Clock.WIDTH + 1) == null ? null : Feed.node(row, Clock.WIDTH));
        }
    }
}
