package dev.lockstep.store.jdbc.dialect;

import dev.lockstep.Session;
import dev.lockstep.SessionCopy;
import dev.lockstep.TokenDigest;
import dev.lockstep.store.jdbc.connection.Sql;
import dev.lockstep.store.jdbc.connection.SqlErrors;
import dev.lockstep.store.jdbc.connection.StoreConnection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Finds, lists and touches sessions, by one statement each. Thread-safe.
 *
 * <p>A find reads the clock row no later than the session: the position that a copy carries is no
 * later than the row.
 */
public final class SessionTable {

    private static final String OF_TOKEN = """
            LEFT JOIN lockstep_session s
            ON s.application = c.application AND s.digest = :digest AND s.valid_until > {now}
            """;

    /** By the collation of the column more names may be equal than that of the principal. */
    private static final String OF_PRINCIPAL = """
            LEFT JOIN lockstep_session s
            ON s.application = c.application AND s.principal = :principal AND s.valid_until > {now}
            """;

    private static final String TOUCH = """
            UPDATE lockstep_session
            SET last_seen_at = {now}, valid_until = LEAST(expires_at, {now} + idle_timeout)
            WHERE application = :application AND digest = :digest
            AND valid_until > {now} AND last_seen_at <= {now} - :within
            """;

    private static final Comparator<Session> OLDEST_FIRST =
            Comparator.comparing(Session::createdAt).thenComparing(Session::id);

    private final SessionRows rows;
    private final SqlErrors errors;
    private final Sql find;
    private final Sql list;
    private final Sql touch;

    public SessionTable(String application, Dialect dialect, SessionRows rows) {
        this.rows = rows;
        this.errors = dialect.errors();
        this.find = dialect.sql(dialect.reading("{session}", OF_TOKEN, "")).with("application", application);
        this.list = dialect.sql(dialect.reading("{session}", OF_PRINCIPAL, "")).with("application", application);
        this.touch = dialect.sql(TOUCH).with("application", application);
    }

    public Optional<SessionCopy> find(StoreConnection connection, TokenDigest digest) throws SQLException {
        return ClockReading.require(connection.first(find.with("digest", digest.toBytes()), row -> found(row, digest)));
    }

    /**
     * All of a principal, the oldest first. The clock row is read to name the epoch, and that a
     * standby can't tell: no replica ever answers.
     */
    public List<Session> list(StoreConnection connection, String principal) throws SQLException {
        List<Optional<Session>> read = sessions(connection, principal);
        if (read.isEmpty()) {
            throw new MissingClockException();
        }
        return read.stream()
                .flatMap(Optional::stream)
                .filter(session -> session.principal().equals(principal))
                .sorted(OLDEST_FIRST)
                .toList();
    }

    /** A name that the database can't express is nobody's. */
    private List<Optional<Session>> sessions(StoreConnection connection, String principal) throws SQLException {
        try {
            return connection.query(list.with("principal", principal), this::session);
        } catch (SQLException e) {
            if (errors.means(SqlErrors.Meaning.INEXPRESSIBLE, e)) {
                return List.of(Optional.empty());
            }
            throw e;
        }
    }

    public int touch(StoreConnection connection, TokenDigest digest, Duration unlessWithin) throws SQLException {
        return connection.update(touch.with("digest", digest.toBytes()).with("within", unlessWithin.toMillis()));
    }

    private Optional<SessionCopy> found(ResultSet row, TokenDigest digest) throws SQLException {
        ClockReading clock = ClockReading.map(row);
        return session(row)
                .map(session -> new SessionCopy(
                        digest, session, clock.head().epoch(), clock.head().position()));
    }

    private Optional<Session> session(ResultSet row) throws SQLException {
        int before = ClockReading.WIDTH;
        return row.getString(before + 1) == null ? Optional.empty() : Optional.of(rows.map(row, before));
    }
}
