package dev.lockstep.store.jdbc;

import dev.lockstep.Session;
import dev.lockstep.SessionCopy;
import dev.lockstep.TokenDigest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Finds, lists and touches sessions, by one statement each. Thread-safe.
 *
 * <p>A find reads the clock row and the session in one statement, hence from one snapshot on both databases: the
 * position that a copy carries is no later than the row.
 */
final class Sessions {

    private static final String FIND = "SELECT " + Clock.COLUMNS + ", " + SessionRows.COLUMNS
            + " FROM lockstep_log_clock c LEFT JOIN lockstep_session s"
            + " ON s.application = c.application AND s.digest = ? AND s.valid_until > {now}"
            + " WHERE c.application = ?";

    /**
     * The clock row is there to name the epoch, and that a standby can't tell: no replica ever answers. By the collation of
     * the column more names may be equal than that of the principal.
     */
    private static final String LIST = "SELECT " + Clock.COLUMNS + ", " + SessionRows.COLUMNS
            + " FROM lockstep_log_clock c LEFT JOIN lockstep_session s"
            + " ON s.application = c.application AND s.principal = ? AND s.valid_until > {now}"
            + " WHERE c.application = ?";

    private static final String TOUCH = "UPDATE lockstep_session SET last_seen_at = {now},"
            + " valid_until = LEAST(expires_at, {now} + idle_timeout)"
            + " WHERE application = ? AND digest = ? AND valid_until > {now} AND last_seen_at <= {now} - ?";

    private static final Comparator<Session> OLDEST_FIRST =
            Comparator.comparing(Session::createdAt).thenComparing(Session::id);

    private final String application;
    private final SessionRows rows;
    private final String find;
    private final String list;
    private final String touch;

    Sessions(String application, Dialect dialect, SessionRows rows) {
        this.application = application;
        this.rows = rows;
        this.find = dialect.sql(FIND);
        this.list = dialect.sql(LIST);
        this.touch = dialect.sql(TOUCH);
    }

    Optional<SessionCopy> find(Link link, TokenDigest digest) throws SQLException {
        return MissingClockException.require(
                link.first(find, row -> found(row, digest), digest.toBytes(), application));
    }

    List<Session> list(Link link, String principal) throws SQLException {
        List<Optional<Session>> read = sessions(link, principal);
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
    private List<Optional<Session>> sessions(Link link, String principal) throws SQLException {
        try {
            return link.query(list, this::session, principal, application);
        } catch (SQLException e) {
            if (SqlStates.isInexpressible(e)) {
                return List.of(Optional.empty());
            }
            throw e;
        }
    }

    int touch(Link link, TokenDigest digest, Duration unlessWithin) throws SQLException {
        return link.update(touch, application, digest.toBytes(), unlessWithin.toMillis());
    }

    private Optional<SessionCopy> found(ResultSet row, TokenDigest digest) throws SQLException {
        Clock clock = Clock.map(row);
        return session(row)
                .map(session -> new SessionCopy(
                        digest, session, clock.head().epoch(), clock.head().position()));
    }

    private Optional<Session> session(ResultSet row) throws SQLException {
        return row.getString(Clock.WIDTH + 1) == null ? Optional.empty() : Optional.of(rows.map(row, Clock.WIDTH));
    }
}
