package dev.lockstep.store.jdbc;

import dev.lockstep.LogPosition;
import dev.lockstep.Revocation;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The clock row and the log in H2, within transactions. Thread-safe.
 *
 * <p>H2 at READ COMMITTED gives each statement what was committed before it began, so the
 * statements that follow the one that locks the clock row see all of the transaction that held the
 * lock before. The wait for that lock ends with the caller's, whatever the connection's
 * LOCK_TIMEOUT.
 *
 * <p>A position above the clock's is one that nobody has committed. A run of the fault test found
 * such a row, the last that a transaction had written which was under way when H2 2.2.224 was
 * killed; all else that it had written was taken back. No position could be given out from there
 * on, so whoever locks the clock removes such rows. Nodes may have read them: that starts a new
 * epoch.
 */
final class H2Log {

    private static final System.Logger LOGGER = System.getLogger(H2Log.class.getName());

    private static final String CLOCK = "SELECT " + Clock.COLUMNS + ", c.floor,"
            + " EXISTS (SELECT 1 FROM lockstep_revocation r"
            + " WHERE r.application = c.application AND r.position > c.position)"
            + " FROM lockstep_log_clock c WHERE c.application = ? FOR UPDATE WAIT ";

    private static final String START_EPOCH = "UPDATE lockstep_log_clock c SET epoch = ? WHERE c.application = ?"
            + " AND EXISTS (SELECT 1 FROM lockstep_revocation r"
            + " WHERE r.application = c.application AND r.position > c.position)";

    private static final String REMOVE_TORN = "DELETE FROM lockstep_revocation WHERE application = ? AND position > ?";

    private static final String LOG = LogRows.INSERT_INTO + " VALUES (?, ?, ?, ?, ?, ?, ?)";

    private static final String ADVANCE = "UPDATE lockstep_log_clock SET position = ? WHERE application = ?";

    private final String application;
    private final String lock;

    H2Log(String application, Duration timeout) {
        this.application = application;
        this.lock = Dialect.H2.sql(CLOCK) + BigDecimal.valueOf(timeout.toMillis(), 3);
    }

    /** The clock row as the transaction at hand has locked it. */
    record Locked(Clock clock, long floor, boolean overtaken) {

        static Locked map(ResultSet row) throws SQLException {
            return new Locked(Clock.map(row), row.getLong(Clock.WIDTH + 1), row.getBoolean(Clock.WIDTH + 2));
        }

        LogPosition head() {
            return clock.head();
        }
    }

    Locked lock(Link tx) throws SQLException {
        Locked locked = read(tx);
        if (locked.overtaken()) {
            removeTorn(tx, locked);
            return read(tx);
        }
        return locked;
    }

    private Locked read(Link tx) throws SQLException {
        return MissingClockException.require(tx.first(lock, Locked::map, application));
    }

    /** Removes what is ahead of the clock, which the transaction holds. */
    void removeTorn(Link tx, Locked locked) throws SQLException {
        tx.update(START_EPOCH, UUID.randomUUID(), application);
        int rows = tx.update(REMOVE_TORN, application, locked.head().position());
        if (rows > 0) {
            LOGGER.log(
                    System.Logger.Level.WARNING,
                    "LOCKSTEP-0130 H2 kept part of a transaction that was never committed, probably one that was under way"
                            + " when its process was killed: {0} row(s) of the revocation log. They are removed, and all"
                            + " nodes start their revocation facts afresh. Nothing needs to be done.",
                    rows);
        }
    }

    /** Appends rows, in this order. */
    List<Revocation> append(Link tx, Locked before, List<LogEntry> entries) throws SQLException {
        List<Revocation> revocations = new ArrayList<>(entries.size());
        Instant now = Instant.ofEpochMilli(before.clock().now());
        long position = before.head().position();
        for (LogEntry entry : entries) {
            position++;
            revocations.add(
                    new Revocation(position, entry.digest(), entry.sessionId(), entry.principal(), entry.cause(), now));
        }
        if (!revocations.isEmpty()) {
            tx.batch(LOG, revocations.stream().map(this::logRow).toList());
            tx.update(ADVANCE, position, application);
        }
        return revocations;
    }

    private @Nullable Object[] logRow(Revocation revocation) {
        return new @Nullable Object[] {
            application,
            revocation.position(),
            revocation.digest().toBytes(),
            revocation.sessionId(),
            revocation.principal(),
            revocation.cause().name(),
            revocation.revokedAt().toEpochMilli()
        };
    }
}
