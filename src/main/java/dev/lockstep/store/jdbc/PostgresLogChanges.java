package dev.lockstep.store.jdbc;

import static dev.lockstep.store.jdbc.PostgresTransaction.WORK;

import dev.lockstep.LogPosition;
import dev.lockstep.Revocation;
import dev.lockstep.RevocationTarget;
import dev.lockstep.Revoked;
import dev.lockstep.Rotated;
import dev.lockstep.TokenDigest;
import dev.lockstep.spi.RevocationLog.Committed;
import dev.lockstep.spi.RevocationLog.NodeRow;
import dev.lockstep.spi.RevocationLog.NodeRows;
import dev.lockstep.spi.RevocationLog.Registration;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Changes the log in PostgreSQL, by one round trip each. */
final class PostgresLogChanges implements LogChanges {

    private static final PostgresTransaction ROTATE =
            PostgresTransaction.thenNodes("turned AS (UPDATE lockstep_session s"
                    + " SET digest = :next, last_seen_at = b.now, valid_until = LEAST(s.expires_at, b.now + s.idle_timeout)"
                    + " FROM before b WHERE s.application = :application AND s.digest = :current"
                    + " AND s.valid_until > b.now RETURNING s.*), "
                    + "advanced AS (UPDATE lockstep_log_clock c SET position = c.position + 1"
                    + " WHERE c.application = :application AND EXISTS (SELECT 1 FROM turned)), "
                    + "logged AS (" + LogRows.INSERT_INTO
                    + " SELECT :application, b.position + 1, :current, t.id, t.principal, 'ROTATED', b.now"
                    + " FROM turned t CROSS JOIN before b RETURNING *)"
                    + " SELECT b.now, b.epoch, b.position, " + SessionRows.COLUMNS + ", " + LogRows.COLUMNS
                    + " FROM before b LEFT JOIN (turned s CROSS JOIN logged r) ON TRUE");

    /** Of a token that was rotated away the log knows the session; then the row is the session's. */
    private static final PostgresTransaction ANNOUNCE =
            PostgresTransaction.thenNodes("entry AS (SELECT b.position + a.number AS position, a.digest,"
                    + " COALESCE(k.session_id, a.id) AS session_id, a.principal,"
                    + " CASE WHEN k.session_id IS NULL THEN a.cause ELSE 'SESSION_GONE' END AS cause, b.now AS revoked_at"
                    + " FROM before b CROSS JOIN unnest(CAST(:digests AS bytea[]),"
                    + " CAST(:ids AS varchar[]), CAST(:principals AS varchar[]), CAST(:causes AS varchar[]))"
                    + " WITH ORDINALITY AS a (digest, id, principal, cause, number)"
                    + " LEFT JOIN LATERAL (SELECT r.session_id FROM lockstep_revocation r"
                    + " WHERE a.cause = 'TOKEN_GONE' AND r.application || '' = :application AND r.digest = a.digest"
                    + " AND r.cause <> 'TOKEN_GONE'"
                    + " LIMIT 1) k ON TRUE), "
                    + "advanced AS (UPDATE lockstep_log_clock c SET position = n.position"
                    + " FROM (SELECT max(position) AS position FROM entry) n"
                    + " WHERE c.application = :application AND n.position IS NOT NULL), "
                    + "logged AS (" + LogRows.INSERT_INTO
                    + " SELECT :application, position, digest, session_id, principal, cause, revoked_at FROM entry)"
                    + " SELECT b.now, b.epoch, b.position, " + LogRows.COLUMNS
                    + " FROM before b LEFT JOIN entry r ON TRUE ORDER BY r.position");

    private static final PostgresTransaction REGISTER = PostgresTransaction.of("added AS (INSERT INTO lockstep_node"
            + " (application, id, name, lease_millis, applied, applied_epoch, fenced)"
            + " SELECT :application, :id, :name, :lease, b.position, b.epoch, FALSE FROM before b)"
            + " SELECT b.now, b.epoch, b.position, " + Feed.NODE_COLUMNS
            + " FROM before b LEFT JOIN lockstep_node n ON n.application = :application ORDER BY n.id");

    private static final PostgresTransaction TRIM = PostgresTransaction.of("reach AS ("
            + "SELECT LEAST(:place, b.position, b.floor + :most) AS floor FROM before b WHERE b.epoch = :epoch), "
            + "deeper AS (SELECT r.floor FROM reach r, before b WHERE r.floor > b.floor), "
            + "trimmed AS (DELETE FROM lockstep_revocation r USING deeper d"
            + " WHERE r.application = :application AND r.position <= d.floor), "
            + "raised AS (UPDATE lockstep_log_clock c SET floor = d.floor FROM deeper d WHERE c.application = :application)"
            + " SELECT b.now, b.epoch, b.position, COALESCE(d.floor >= b.floor + :most, FALSE)"
            + " FROM before b LEFT JOIN deeper d ON TRUE");

    private static final int SESSION = Clock.WIDTH;
    private static final int LOG_OF_ROTATION = SESSION + SessionRows.WIDTH;

    private final String application;
    private final SessionRows rows;
    private final PostgresRevocations revocations;

    PostgresLogChanges(String application, JsonText json) {
        this.application = application;
        this.rows = new SessionRows(json);
        this.revocations = new PostgresRevocations(application);
    }

    @Override
    public Committed<List<Revoked>> revoke(Link link, List<RevocationTarget> targets) throws SQLException {
        return revocations.revoke(link, Targets.of(targets));
    }

    @Override
    public Committed<Revoked> announce(Link link, List<LogEntry> entries) throws SQLException {
        try {
            return announceExpressible(link, entries);
        } catch (SQLException e) {
            if (SqlStates.isInexpressible(e)) {
                return announceExpressible(link, expressible(link, entries));
            }
            throw e;
        }
    }

    /** What can't be expressed is no session's name and no principal's. */
    private static List<LogEntry> expressible(Link link, List<LogEntry> entries) throws SQLException {
        List<String> texts = entries.stream()
                .flatMap(entry -> Stream.of(entry.sessionId(), entry.principal()))
                .toList();
        Set<String> not = PostgresTexts.inexpressible(link, texts);
        return entries.stream()
                .filter(entry -> !not.contains(entry.sessionId()) && !not.contains(entry.principal()))
                .toList();
    }

    private Committed<Revoked> announceExpressible(Link link, List<LogEntry> entries) throws SQLException {
        Map<String, Object> arguments = Map.of(
                "digests",
                entries.stream().map(entry -> entry.digest().toBytes()).toArray(byte[][]::new),
                "ids",
                texts(entries, LogEntry::sessionId),
                "principals",
                texts(entries, LogEntry::principal),
                "causes",
                texts(entries, entry -> entry.cause().name()));
        return ANNOUNCE.run(link, application, arguments, results -> {
            List<LogRow> read = Link.all(results.get(WORK), LogRow::map);
            LogRow first = MissingClockException.require(read.isEmpty() ? null : read.get(0));
            List<Revocation> announced = read.stream()
                    .map(LogRow::revocation)
                    .filter(Objects::nonNull)
                    .toList();
            return new Committed<>(
                    LogChanges.announced(first.clock().head().epoch(), announced), PostgresTransaction.nodes(results));
        });
    }

    @Override
    public Optional<Committed<Rotated>> rotate(Link link, TokenDigest current, TokenDigest next) throws SQLException {
        Map<String, Object> arguments = Map.of("current", current.toBytes(), "next", next.toBytes());
        return ROTATE.run(link, application, arguments, results -> {
            Optional<Rotated> rotated = rotated(results.get(WORK), next);
            NodeRows nodes = PostgresTransaction.nodes(results);
            return rotated.map(it -> new Committed<>(it, nodes));
        });
    }

    @Override
    public Registration register(Link link, String nodeId, String name, Duration lease) throws SQLException {
        Map<String, Object> arguments = Map.of("id", nodeId, "name", name, "lease", lease.toMillis());
        return REGISTER.run(link, application, arguments, results -> {
            List<Neighbour> read = Link.all(results.get(WORK), Neighbour::map);
            Neighbour first = MissingClockException.require(read.isEmpty() ? null : read.get(0));
            List<NodeRow> others =
                    read.stream().map(Neighbour::node).filter(Objects::nonNull).toList();
            return new Registration(first.clock().head(), others);
        });
    }

    @Override
    public boolean trim(Link link, LogPosition upTo, int limit) throws SQLException {
        Map<String, Object> arguments = Map.of("place", upTo.position(), "epoch", upTo.epoch(), "most", (long) limit);
        return TRIM.run(
                link, application, arguments, results -> only(results.get(WORK)).getBoolean(Clock.WIDTH + 1));
    }

    private static String[] texts(List<LogEntry> entries, Function<LogEntry, String> text) {
        return entries.stream().map(text).toArray(String[]::new);
    }

    /** There is a row if there is a clock row. */
    private static ResultSet only(ResultSet rows) throws SQLException {
        if (!rows.next()) {
            throw new MissingClockException();
        }
        return rows;
    }

    private Optional<Rotated> rotated(ResultSet rotation, TokenDigest next) throws SQLException {
        ResultSet row = only(rotation);
        if (row.getString(SESSION + 1) == null) {
            return Optional.empty();
        }
        long epoch = Clock.map(row).head().epoch();
        Revocation old = LogRows.map(row, LOG_OF_ROTATION);
        return Optional.of(LogChanges.rotated(next, rows.map(row, SESSION), epoch, old));
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
