package dev.lockstep.store.jdbc.h2;

import dev.lockstep.Session;
import dev.lockstep.SessionCopy;
import dev.lockstep.TokenDigest;
import dev.lockstep.spi.NewSession;
import dev.lockstep.store.jdbc.connection.Sql;
import dev.lockstep.store.jdbc.connection.StoreConnection;
import dev.lockstep.store.jdbc.dialect.ClockReading;
import dev.lockstep.store.jdbc.dialect.LogClock;
import dev.lockstep.store.jdbc.dialect.NewSessions;
import dev.lockstep.store.jdbc.dialect.SessionChanges;
import dev.lockstep.store.jdbc.dialect.SessionTable;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Opens and sweeps sessions in H2. */
final class H2SessionChanges implements SessionChanges {

    private static final String OPEN = """
            INSERT INTO lockstep_session (application, id, digest, principal, groups, attributes,
            created_at, last_seen_at, expires_at, idle_timeout, valid_until)
            VALUES (:application, :id, :digest, :principal, :groups, :attributes,
            :created, :seen, :expires, :idle, :until)
            """;

    private static final String USED = """
            SELECT {now}, s.digest FROM lockstep_session s
            WHERE s.application = :application AND s.digest IN (:digests)
            AND s.valid_until > {now} AND s.last_seen_at <= {now} - :ago - :within FOR UPDATE SKIP LOCKED
            """;

    private static final String TOUCH = """
            UPDATE lockstep_session
            SET last_seen_at = {now} - :ago, valid_until = LEAST(expires_at, {now} - :ago + idle_timeout)
            WHERE application = :application AND digest IN (:digests)
            """;

    private static final String SWEEPER = """
            SELECT {now} FROM lockstep_housekeeping WHERE application = :application FOR UPDATE SKIP LOCKED
            """;

    private static final String EXPIRED = """
            SELECT {now}, {session} FROM lockstep_session s
            WHERE s.application = :application AND s.valid_until <= LEAST({now}, :before)
            LIMIT :limit FOR UPDATE SKIP LOCKED
            """;

    private static final String DELETE = "DELETE FROM lockstep_session WHERE application = :application AND id = :id";

    private final LogClock clock;
    private final SessionTable sessions;
    private final Sql open;
    private final H2Dialect dialect;
    private final Sql used;
    private final Sql touch;
    private final Sql sweeper;
    private final Sql expired;
    private final Sql delete;

    H2SessionChanges(H2Dialect dialect, String application, SessionTable sessions) {
        this.clock = new LogClock(application, dialect);
        this.sessions = sessions;
        this.open = dialect.sql(OPEN).with("application", application);
        this.dialect = dialect;
        this.used = dialect.sql(USED).with("application", application);
        this.touch = dialect.sql(TOUCH).with("application", application);
        this.sweeper = dialect.sql(SWEEPER).with("application", application);
        this.expired = dialect.sql(EXPIRED).with("application", application);
        this.delete = dialect.sql(DELETE).with("application", application);
    }

    /** The clock row first: it need not be one transaction with the sessions. */
    @Override
    public List<SessionCopy> open(StoreConnection connection, List<NewSession> asked) throws SQLException {
        ClockReading before = clock.read(connection);
        List<Sql> rows =
                asked.stream().map(session -> opening(before.now(), session)).toList();
        if (rows.size() == 1) {
            connection.update(rows.get(0));
        } else {
            connection.transaction(tx -> {
                tx.batch(rows);
                return true;
            });
        }
        return before.opened(asked);
    }

    private Sql opening(long now, NewSession asked) {
        Session session = NewSessions.openedAt(now, asked);
        return open.with("id", asked.id())
                .with("digest", asked.digest().toBytes())
                .with("principal", asked.principal())
                .with("groups", sessions.json(asked.groups()))
                .with("attributes", sessions.json(asked.attributes()))
                .with("idle", session.idleTimeoutMillis())
                .with("created", session.createdAtMillis())
                .with("seen", session.lastSeenAtMillis())
                .with("expires", session.expiresAtMillis())
                .with("until", session.validUntilMillis());
    }

    @Override
    public int touch(StoreConnection connection, List<TokenDigest> digests, Duration ago, Duration unlessWithin)
            throws SQLException {
        Sql query = used.with("digests", dialect.digests(digests))
                .with("ago", ago.toMillis())
                .with("within", unlessWithin.toMillis());
        return connection.transaction(tx -> {
            List<TokenDigest> locked = tx.query(query, row -> TokenDigest.of(row.getBytes(2)));
            return locked.isEmpty()
                    ? 0
                    : tx.update(touch.with("digests", dialect.digests(locked)).with("ago", ago.toMillis()));
        });
    }

    @Override
    public List<Session> deleteExpired(StoreConnection connection, Instant before, int limit) throws SQLException {
        Sql query = expired.with("before", before.toEpochMilli()).with("limit", (long) limit);
        return connection.transaction(tx -> {
            if (tx.first(sweeper, row -> true) == null) {
                return List.of();
            }
            List<Session> over = tx.query(query, row -> sessions.map(row, 1));
            tx.batch(over.stream()
                    .map(session -> delete.with("id", session.id()))
                    .toList());
            return List.copyOf(over);
        });
    }
}
