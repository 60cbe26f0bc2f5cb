package dev.lockstep.store.jdbc.postgresql;

import dev.lockstep.Session;
import dev.lockstep.SessionCopy;
import dev.lockstep.TokenDigest;
import dev.lockstep.spi.NewSession;
import dev.lockstep.store.jdbc.connection.Sql;
import dev.lockstep.store.jdbc.connection.StoreConnection;
import dev.lockstep.store.jdbc.dialect.ClockReading;
import dev.lockstep.store.jdbc.dialect.SessionChanges;
import dev.lockstep.store.jdbc.dialect.SessionTable;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Opens and sweeps sessions in PostgreSQL, by one statement each: one round trip, and nothing left
 * locked between two.
 */
final class PostgresSessionChanges implements SessionChanges {

    private static final String OPEN = """
            WITH clock AS (
            SELECT {now} AS now, {epoch} AS epoch, c.position, c.floor FROM lockstep_log_clock c
            WHERE c.application = :application AND {durably}),
            opened AS (
            INSERT INTO lockstep_session (application, id, digest, principal, groups, attributes,
            created_at, last_seen_at, expires_at, idle_timeout, valid_until)
            SELECT :application, a.id, a.digest, a.principal, a.groups, a.attributes,
            c.now, c.now, c.now + a.absolute, a.idle, c.now + LEAST(a.absolute, a.idle) FROM clock c
            CROSS JOIN unnest(CAST(:ids AS varchar[]), CAST(:digests AS bytea[]), CAST(:principals AS varchar[]),
            CAST(:groups AS text[]), CAST(:attributes AS text[]), CAST(:absolutes AS bigint[]),
            CAST(:idles AS bigint[])) AS a (id, digest, principal, groups, attributes, absolute, idle))
            SELECT now, epoch, position, floor FROM clock
            """;

    /**
     * A transaction that need not outlast a crash, so that the rows are not locked for as long as
     * the disk takes. The planner is left the index of the digests, as in a
     * {@link PostgresTransaction}.
     */
    private static final String TOUCH = """
            BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE;
            SELECT set_config('synchronous_commit', 'off', true), set_config('enable_seqscan', 'off', true),
            set_config('plan_cache_mode', 'force_generic_plan', true);
            WITH used AS (SELECT s.digest FROM lockstep_session s
            WHERE s.application || '' = :application
            AND s.digest = ANY (CAST((SELECT CAST(:digests AS bytea[])) AS bytea[]))
            AND s.valid_until > {now} AND s.last_seen_at <= {now} - :ago - :within
            FOR NO KEY UPDATE SKIP LOCKED),
            touched AS (UPDATE lockstep_session s
            SET last_seen_at = {now} - :ago, valid_until = LEAST(s.expires_at, {now} - :ago + s.idle_timeout)
            WHERE s.application || '' = :application AND s.digest = ANY (ARRAY(SELECT digest FROM used))
            RETURNING 1)
            SELECT count(*) FROM touched;
            COMMIT
            """;

    private static final String DELETE_EXPIRED = """
            WITH sweeper AS (
            SELECT 1 FROM lockstep_housekeeping WHERE application = :application FOR UPDATE SKIP LOCKED),
            expired AS (SELECT s.id FROM lockstep_session s
            WHERE s.application = :application AND s.valid_until <= LEAST({now}, :before)
            AND EXISTS (SELECT 1 FROM sweeper)
            ORDER BY s.valid_until LIMIT :limit FOR UPDATE SKIP LOCKED)
            DELETE FROM lockstep_session s USING expired e
            WHERE s.application = :application AND s.id = e.id RETURNING {session}
            """;

    private final SessionTable sessions;
    private final Sql open;
    private final Sql touch;
    private final Sql deleteExpired;
    private final PostgresOldVersions oldVersions = new PostgresOldVersions();

    PostgresSessionChanges(PostgresDialect dialect, String application, SessionTable sessions) {
        this.sessions = sessions;
        this.open = dialect.sql(OPEN).with("application", application);
        this.touch = dialect.sql(TOUCH).with("application", application);
        this.deleteExpired = dialect.sql(DELETE_EXPIRED).with("application", application);
    }

    @Override
    public List<SessionCopy> open(StoreConnection connection, List<NewSession> asked) throws SQLException {
        Sql opening = open.with("ids", texts(asked, NewSession::id))
                .with(
                        "digests",
                        PostgresArray.of(asked.stream().map(NewSession::digest).toList()))
                .with("principals", texts(asked, NewSession::principal))
                .with("groups", texts(asked, session -> sessions.json(session.groups())))
                .with("attributes", texts(asked, session -> sessions.json(session.attributes())))
                .with("absolutes", millis(asked, NewSession::absoluteTimeout))
                .with("idles", millis(asked, NewSession::idleTimeout));
        return ClockReading.require(connection.first(opening, ClockReading::map))
                .opened(asked);
    }

    private static Sql.Value texts(List<NewSession> asked, Function<NewSession, @Nullable String> text) {
        return PostgresArray.of(asked.stream().map(text).toArray(String[]::new));
    }

    private static Sql.Value millis(List<NewSession> asked, Function<NewSession, Duration> time) {
        return PostgresArray.of(asked.stream().map(time).map(Duration::toMillis).toArray(Long[]::new));
    }

    @Override
    public int touch(StoreConnection connection, List<TokenDigest> digests, Duration ago, Duration unlessWithin)
            throws SQLException {
        Sql touching = touch.with("digests", PostgresArray.of(digests))
                .with("ago", ago.toMillis())
                .with("within", unlessWithin.toMillis());
        return connection.wholeTransaction(
                touching,
                results -> StoreConnection.all(results.get(1), row -> row.getInt(1))
                        .get(0));
    }

    @Override
    public List<Session> deleteExpired(StoreConnection connection, Instant before, int limit) throws SQLException {
        oldVersions.warn(connection);
        Sql deletion = deleteExpired.with("before", before.toEpochMilli()).with("limit", (long) limit);
        return List.copyOf(connection.query(deletion, row -> sessions.map(row, 0)));
    }
}
