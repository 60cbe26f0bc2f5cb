package dev.lockstep.store.jdbc;

import dev.lockstep.NewSession;
import dev.lockstep.Session;
import dev.lockstep.SessionCopy;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/** Opens and sweeps sessions in PostgreSQL, by one statement each: one round trip, and nothing left locked between two. */
final class PostgresSessionChanges implements SessionChanges {

    private static final String OPEN = Dialect.POSTGRESQL.sql("WITH clock AS ("
            + "SELECT {now} AS now, {epoch} AS epoch, c.position FROM lockstep_log_clock c"
            + " WHERE c.application = ? AND {durably}), "
            + "opened AS (INSERT INTO lockstep_session (application, id, digest, principal, groups, attributes,"
            + " created_at, last_seen_at, expires_at, idle_timeout, valid_until)"
            + " SELECT ?, ?, ?, ?, ?, ?, now, now, now + ?, ?, now + LEAST(?, ?) FROM clock)"
            + " SELECT now, epoch, position FROM clock");

    private static final String DELETE_EXPIRED = Dialect.POSTGRESQL.sql("WITH sweeper AS ("
            + "SELECT 1 FROM lockstep_housekeeping WHERE application = ? FOR UPDATE SKIP LOCKED), "
            + "expired AS (SELECT s.id FROM lockstep_session s"
            + " WHERE s.application = ? AND s.valid_until <= LEAST({now}, ?) AND EXISTS (SELECT 1 FROM sweeper)"
            + " ORDER BY s.valid_until LIMIT ? FOR UPDATE SKIP LOCKED)"
            + " DELETE FROM lockstep_session s USING expired e WHERE s.application = ? AND s.id = e.id RETURNING "
            + SessionRows.COLUMNS);

    private final String application;
    private final SessionRows rows;
    private final JsonText json;
    private final PostgresOldVersions oldVersions = new PostgresOldVersions();

    PostgresSessionChanges(String application, JsonText json) {
        this.application = application;
        this.json = json;
        this.rows = new SessionRows(json);
    }

    @Override
    public SessionCopy open(Link link, NewSession asked) throws SQLException {
        long absolute = asked.absoluteTimeout().toMillis();
        long idle = asked.idleTimeout().toMillis();
        Clock clock = MissingClockException.require(link.first(
                OPEN,
                Clock::map,
                application,
                application,
                asked.id(),
                asked.digest().toBytes(),
                asked.principal(),
                json.write(asked.groups()),
                json.write(asked.attributes()),
                absolute,
                idle,
                absolute,
                idle));
        return new SessionCopy(
                asked.digest(),
                NewSessions.openedAt(clock.now(), asked),
                clock.head().epoch(),
                clock.head().position());
    }

    @Override
    public List<Session> deleteExpired(Link link, Instant before, int limit) throws SQLException {
        oldVersions.warn(link);
        return List.copyOf(link.query(
                DELETE_EXPIRED,
                row -> rows.map(row, 0),
                application,
                application,
                before.toEpochMilli(),
                (long) limit,
                application));
    }
}
