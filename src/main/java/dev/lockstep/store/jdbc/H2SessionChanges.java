package dev.lockstep.store.jdbc;

import dev.lockstep.NewSession;
import dev.lockstep.Session;
import dev.lockstep.SessionCopy;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Opens and sweeps sessions in H2. */
final class H2SessionChanges implements SessionChanges {

    private static final String CLOCK =
            Dialect.H2.sql("SELECT " + Clock.COLUMNS + " FROM lockstep_log_clock c WHERE c.application = ?");

    private static final String OPEN = "INSERT INTO lockstep_session (application, id, digest, principal, groups,"
            + " attributes, created_at, last_seen_at, expires_at, idle_timeout, valid_until)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

    private static final String SWEEPER =
            Dialect.H2.sql("SELECT {now} FROM lockstep_housekeeping WHERE application = ? FOR UPDATE SKIP LOCKED");

    private static final String EXPIRED =
            Dialect.H2.sql("SELECT {now}, " + SessionRows.COLUMNS + " FROM lockstep_session s"
                    + " WHERE s.application = ? AND s.valid_until <= LEAST({now}, ?) LIMIT ? FOR UPDATE SKIP LOCKED");

    private static final String DELETE = "DELETE FROM lockstep_session WHERE application = ? AND id = ?";

    private final String application;
    private final SessionRows rows;
    private final JsonText json;

    H2SessionChanges(String application, JsonText json) {
        this.application = application;
        this.json = json;
        this.rows = new SessionRows(json);
    }

    /** Two statements, the clock row first: they need not be one transaction. */
    @Override
    public SessionCopy open(Link link, NewSession asked) throws SQLException {
        Clock clock = MissingClockException.require(link.first(CLOCK, Clock::map, application));
        Session session = NewSessions.openedAt(clock.now(), asked);
        link.update(
                OPEN,
                application,
                session.id(),
                asked.digest().toBytes(),
                session.principal(),
                json.write(session.groups()),
                json.write(session.attributes()),
                session.createdAt().toEpochMilli(),
                session.lastSeenAt().toEpochMilli(),
                session.expiresAt().toEpochMilli(),
                session.idleTimeout().toMillis(),
                session.validUntilMillis());
        return new SessionCopy(
                asked.digest(), session, clock.head().epoch(), clock.head().position());
    }

    @Override
    public List<Session> deleteExpired(Link link, Instant before, int limit) throws SQLException {
        return link.transaction(tx -> {
            if (tx.first(SWEEPER, row -> true, application) == null) {
                return List.of();
            }
            List<Session> expired =
                    tx.query(EXPIRED, row -> rows.map(row, 1), application, before.toEpochMilli(), (long) limit);
            tx.batch(
                    DELETE,
                    expired.stream()
                            .map(session -> new @Nullable Object[] {application, session.id()})
                            .toList());
            return List.copyOf(expired);
        });
    }
}
