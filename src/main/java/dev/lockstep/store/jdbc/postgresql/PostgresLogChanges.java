package dev.lockstep.store.jdbc.postgresql;

import static dev.lockstep.store.jdbc.postgresql.PostgresTransaction.WORK;

import dev.lockstep.TokenDigest;
import dev.lockstep.spi.LogPosition;
import dev.lockstep.spi.Revocation;
import dev.lockstep.spi.RevocationLog.Committed;
import dev.lockstep.spi.RevocationLog.NodeRows;
import dev.lockstep.spi.RevocationLog.Registration;
import dev.lockstep.spi.Revoked;
import dev.lockstep.spi.Rotated;
import dev.lockstep.store.jdbc.connection.Sql;
import dev.lockstep.store.jdbc.connection.SqlErrors;
import dev.lockstep.store.jdbc.connection.StoreConnection;
import dev.lockstep.store.jdbc.dialect.ClockReading;
import dev.lockstep.store.jdbc.dialect.KeyTable;
import dev.lockstep.store.jdbc.dialect.LogChanges;
import dev.lockstep.store.jdbc.dialect.LogEntry;
import dev.lockstep.store.jdbc.dialect.LogTable;
import dev.lockstep.store.jdbc.dialect.MissingClockException;
import dev.lockstep.store.jdbc.dialect.NewKey;
import dev.lockstep.store.jdbc.dialect.NodeTable;
import dev.lockstep.store.jdbc.dialect.SessionTable;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Changes the log in PostgreSQL, by one round trip each. */
final class PostgresLogChanges implements LogChanges {

    private static final String ROTATE = """
            turned AS (UPDATE lockstep_session s
            SET digest = :next, last_seen_at = b.now, valid_until = LEAST(s.expires_at, b.now + s.idle_timeout)
            FROM before b WHERE s.application = :application AND s.digest = :current
            AND s.valid_until > b.now RETURNING s.*),
            advanced AS (UPDATE lockstep_log_clock c SET position = c.position + 1
            WHERE c.application = :application AND EXISTS (SELECT 1 FROM turned)),
            logged AS (
            INSERT INTO lockstep_revocation
            (application, position, digest, session_id, principal, cause, revoked_at)
            SELECT :application, b.position + 1, :current, t.id, t.principal, 'ROTATED', b.now
            FROM turned t CROSS JOIN before b RETURNING *)
            SELECT b.now, b.epoch, b.position, b.floor, {session}, {log}
            FROM before b LEFT JOIN (turned s CROSS JOIN logged r) ON TRUE
            """;

    /**
     * Of a token that was rotated away the log knows the session; then the row is the session's.
     */
    private static final String ANNOUNCE = """
            entry AS (SELECT b.position + a.number AS position, a.digest,
            COALESCE(k.session_id, a.id) AS session_id, a.principal,
            CASE WHEN k.session_id IS NULL THEN a.cause ELSE 'SESSION_GONE' END AS cause, b.now AS revoked_at
            FROM before b CROSS JOIN unnest(CAST(:digests AS bytea[]),
            CAST(:ids AS varchar[]), CAST(:principals AS varchar[]), CAST(:causes AS varchar[]))
            WITH ORDINALITY AS a (digest, id, principal, cause, number)
            LEFT JOIN LATERAL (SELECT r.session_id FROM lockstep_revocation r
            WHERE a.cause = 'TOKEN_GONE' AND r.application || '' = :application AND r.digest = a.digest
            AND r.cause <> 'TOKEN_GONE'
            LIMIT 1) k ON TRUE),
            advanced AS (UPDATE lockstep_log_clock c SET position = n.position
            FROM (SELECT max(position) AS position FROM entry) n
            WHERE c.application = :application AND n.position IS NOT NULL),
            logged AS (
            INSERT INTO lockstep_revocation
            (application, position, digest, session_id, principal, cause, revoked_at)
            SELECT :application, position, digest, session_id, principal, cause, revoked_at FROM entry)
            SELECT b.now, b.epoch, b.position, b.floor, {log}
            FROM before b LEFT JOIN entry r ON TRUE ORDER BY r.position
            """;

    private static final String REGISTER = """
            added AS (
            INSERT INTO lockstep_node (application, id, name, lease_millis, applied, applied_epoch, fenced,
            version, registered_at)
            SELECT :application, :id, :name, :lease, b.position, b.epoch, FALSE,
            CAST(:version AS varchar), b.now FROM before b)
            SELECT b.now, b.epoch, b.position, b.floor, {node}
            FROM before b LEFT JOIN lockstep_node n ON n.application = :application ORDER BY n.id
            """;

    private static final String TRIM = """
            reach AS (
            SELECT LEAST(:place, b.position, b.floor + :most) AS floor FROM before b WHERE b.epoch = :epoch),
            deeper AS (SELECT r.floor FROM reach r, before b WHERE r.floor > b.floor),
            trimmed AS (DELETE FROM lockstep_revocation r USING deeper d
            WHERE r.application = :application AND r.position <= d.floor),
            raised AS (UPDATE lockstep_log_clock c SET floor = d.floor FROM deeper d
            WHERE c.application = :application)
            SELECT b.now, b.epoch, b.position, b.floor, COALESCE(d.floor >= b.floor + :most, FALSE)
            FROM before b LEFT JOIN deeper d ON TRUE
            """;

    private static final String MAKE_KEY = """
            made AS (
            INSERT INTO lockstep_key (application, version, secret, created_at, leaked)
            SELECT :application, CAST(:number AS bigint), CAST(:secret AS bytea),
            """ + KeyTable.madeAt("b.now") + """
            , FALSE FROM before b WHERE
            """ + KeyTable.UNLESS_REPLACED + """
            RETURNING version, created_at),
            inforce AS (UPDATE lockstep_log_clock c SET key_version = m.version FROM made m
            WHERE c.application = :application),
            needed AS (SELECT COALESCE(MAX(n.created_at), 0) AS since FROM made m LEFT JOIN lockstep_key n
            ON n.application = :application AND n.created_at <= m.created_at - CAST(:keep AS bigint)),
            marked AS (UPDATE lockstep_key k SET leaked = TRUE FROM made m, needed n
            WHERE k.application = :application AND k.created_at >= n.since AND CAST(:leak AS boolean)),
            deleted AS (DELETE FROM lockstep_key k USING made m, needed n
            WHERE k.application = :application AND k.created_at < n.since)
            SELECT b.now, b.epoch, b.position, b.floor FROM before b
            """;

    private static final int SESSION = ClockReading.WIDTH;
    private static final int LOG_OF_ROTATION = SESSION + SessionTable.WIDTH;

    private final SessionTable sessions;
    private final SqlErrors errors;
    private final PostgresTexts texts;
    private final PostgresTransaction rotate;
    private final PostgresTransaction announce;
    private final PostgresTransaction register;
    private final PostgresTransaction trim;
    private final PostgresTransaction makeKey;

    PostgresLogChanges(PostgresDialect dialect, String application, SessionTable sessions) {
        this.sessions = sessions;
        this.errors = dialect.errors();
        this.texts = new PostgresTexts(dialect);
        this.rotate = PostgresTransaction.thenNodes(dialect, application, ROTATE);
        this.announce = PostgresTransaction.thenNodes(dialect, application, ANNOUNCE);
        this.register = PostgresTransaction.drawing(dialect, application, REGISTER);
        this.trim = PostgresTransaction.of(dialect, application, TRIM);
        this.makeKey = PostgresTransaction.of(dialect, application, MAKE_KEY);
    }

    @Override
    public Committed<Revoked> announce(StoreConnection connection, List<LogEntry> entries) throws SQLException {
        try {
            return announceExpressible(connection, entries);
        } catch (SQLException e) {
            if (errors.means(SqlErrors.Meaning.INEXPRESSIBLE, e)) {
                return announceExpressible(connection, expressible(connection, entries));
            }
            throw e;
        }
    }

    /** What can't be expressed is no session's name and no principal's. */
    private List<LogEntry> expressible(StoreConnection connection, List<LogEntry> entries) throws SQLException {
        List<String> named = entries.stream()
                .flatMap(entry -> Stream.of(entry.sessionId(), entry.principal()))
                .toList();
        Set<String> not = texts.inexpressible(connection, named);
        return entries.stream()
                .filter(entry -> !not.contains(entry.sessionId()) && !not.contains(entry.principal()))
                .toList();
    }

    private Committed<Revoked> announceExpressible(StoreConnection connection, List<LogEntry> entries)
            throws SQLException {
        PostgresTransaction announcement = announce.with(
                        "digests",
                        PostgresArray.of(entries.stream().map(LogEntry::digest).toList()))
                .with("ids", texts(entries, LogEntry::sessionId))
                .with("principals", texts(entries, LogEntry::principal))
                .with("causes", texts(entries, entry -> entry.cause().name()));
        return announcement.run(connection, results -> {
            List<LogRow> read = StoreConnection.all(results.get(WORK), LogRow::map);
            LogRow first = ClockReading.require(read.isEmpty() ? null : read.get(0));
            List<Revocation> announced = read.stream()
                    .map(LogRow::revocation)
                    .filter(Objects::nonNull)
                    .toList();
            return new Committed<>(
                    LogChanges.announced(first.clock().epoch(), announced), PostgresTransaction.nodes(results));
        });
    }

    @Override
    public Optional<Committed<Rotated>> rotate(StoreConnection connection, TokenDigest current, TokenDigest next)
            throws SQLException {
        PostgresTransaction rotation = rotate.with("current", current.toBytes()).with("next", next.toBytes());
        return rotation.run(connection, results -> {
            Optional<Rotated> rotated = rotated(results.get(WORK), next);
            NodeRows nodes = PostgresTransaction.nodes(results);
            return rotated.map(it -> new Committed<>(it, nodes));
        });
    }

    @Override
    public Registration register(StoreConnection connection, String nodeId, String name, Duration lease)
            throws SQLException {
        PostgresTransaction registration = register.with("id", nodeId)
                .with("name", name)
                .with("lease", lease.toMillis())
                .with("version", NodeTable.version());
        return registration.run(connection, results -> {
            NodeRows read = NodeTable.rows(results.get(WORK));
            return new Registration(read.head(), read.rows());
        });
    }

    @Override
    public boolean trim(StoreConnection connection, LogPosition upTo, int limit) throws SQLException {
        PostgresTransaction trimming =
                trim.with("place", upTo.position()).with("epoch", upTo.epoch()).with("most", (long) limit);
        return trimming.run(connection, results -> only(results.get(WORK)).getBoolean(ClockReading.WIDTH + 1));
    }

    @Override
    public void makeKey(StoreConnection connection, NewKey key) throws SQLException {
        makeKey.with("number", key.number())
                .with("secret", key.secret())
                .with("replaced", key.replaced())
                .with("leak", key.isAfterLeak())
                .with("keep", key.keepMillis())
                .run(connection, results -> only(results.get(WORK)));
    }

    private static Sql.Value texts(List<LogEntry> entries, Function<LogEntry, String> text) {
        return PostgresArray.of(entries.stream().map(text).toArray(String[]::new));
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
        long epoch = ClockReading.map(row).epoch();
        Revocation old = LogTable.map(row, LOG_OF_ROTATION);
        return Optional.of(LogChanges.rotated(next, sessions.map(row, SESSION), epoch, old));
    }

    private record LogRow(ClockReading clock, @Nullable Revocation revocation) {
        static LogRow map(ResultSet row) throws SQLException {
            return new LogRow(
                    ClockReading.map(row),
                    row.getBytes(ClockReading.WIDTH + 2) == null ? null : LogTable.map(row, ClockReading.WIDTH));
        }
    }
}
