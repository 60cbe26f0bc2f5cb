package dev.lockstep.store.jdbc.dialect;

import dev.lockstep.Session;
import dev.lockstep.SessionCopy;
import dev.lockstep.TokenDigest;
import dev.lockstep.spi.LogPosition;
import dev.lockstep.spi.NewSession;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The clock row as a statement has read it.
 *
 * @param now the database's clock, in milliseconds since 1970
 * @param epoch of the log
 * @param position the log's newest
 * @param floor up to where the log has been trimmed
 */
public record ClockReading(long now, long epoch, long position, long floor) {

    /** What a query of the clock row {@code c} selects for {@link #map}. */
    static final String COLUMNS = "{now}, {epoch}, c.position, c.floor";

    /** How many columns {@link #map} reads. */
    public static final int WIDTH = 4;

    /**
     * From the first columns of a row.
     *
     * @throws MissingClockException if the database can't tell the epoch
     */
    public static ClockReading map(ResultSet row) throws SQLException {
        long epoch = row.getLong(2);
        if (row.wasNull()) {
            throw new MissingClockException();
        }
        return new ClockReading(row.getLong(1), epoch, row.getLong(3), row.getLong(4));
    }

    public LogPosition head() {
        return new LogPosition(epoch, position);
    }

    /** A row that was read with the clock row, which is always there. */
    public static <T> T require(@Nullable T row) throws MissingClockException {
        if (row == null) {
            throw new MissingClockException();
        }
        return row;
    }

    /** Copies of sessions that were opened no earlier than this. */
    public List<SessionCopy> opened(List<NewSession> asked) {
        return asked.stream()
                .map(session -> copyOf(session.digest(), NewSessions.openedAt(now, session)))
                .toList();
    }

    /** A copy of a session that was read or written no earlier than this. */
    public SessionCopy copyOf(TokenDigest digest, Session session) {
        return new SessionCopy(digest, session, epoch, position);
    }
}
