package dev.lockstep.store.jdbc.postgresql;

import dev.lockstep.Session;
import dev.lockstep.SessionCopy;
import dev.lockstep.spi.NewSession;
import dev.lockstep.store.jdbc.connection.Sql;
import dev.lockstep.store.jdbc.connection.StoreConnection;
import dev.lockstep.store.jdbc.dialect.ClockReading;
import dev.lockstep.store.jdbc.dialect.NewSessions;
import dev.lockstep.store.jdbc.dialect.SessionChanges;
import dev.lockstep.store.jdbc.dialect.SessionTable;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

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
            SELECT :application, :id, :digest, :principal, :groups, :attributes,
            now, now, now + :absolute, :idle, now + LEAST(:absolute, :idle) FROM clock)
            SELECT now, epoch, position, floor FROM clock
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
    private final Sql deleteExpired;
    private final PostgresOldVersions oldVersions = new PostgresOldVersions();

    PostgresSessionChanges(PostgresDialect dialect, String application, SessionTable sessions) {
        this.sessions = sessions;
        this.open = dialect.sql(OPEN).with("application", application);
        this.deleteExpired = dialect.sql(DELETE_EXPIRED).with("application", application);
    }

    @Override
    public SessionCopy open(StoreConnection connection, NewSession asked) throws SQLException {
        Sql opening = sessions.inserting(open, asked)
                .with("absolute", asked.absoluteTimeout().toMillis());
        ClockReading clock = ClockReading.require(connection.first(opening, ClockReading::map));
        return clock.copyOf(asked.digest(), NewSessions.openedAt(clock.now(), asked));
    }

    @Override
    public List<Session> deleteExpired(StoreConnection connection, Instant before, int limit) throws SQLException {
        oldVersions.warn(connection);
        Sql deletion = deleteExpired.with("before", before.toEpochMilli()).with("limit", (long) limit);
        return List.copyOf(connection.query(deletion, row -> sessions.map(row, 0)));
    }
}
