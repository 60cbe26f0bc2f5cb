package dev.lockstep.store.jdbc;

import dev.lockstep.LogPosition;
import dev.lockstep.Revocation;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The clock row and the log in H2, within transactions. Thread-safe.
 *
 * <p>H2 at READ COMMITTED gives each statement what was committed before it began, so the statements that follow the one
 * that locks the clock row see all of the transaction that held the lock before. The wait for that lock ends with the
 * caller's, whatever the connection's LOCK_TIMEOUT.
 */
final class H2Log {

    private static final String CLOCK =
            "SELECT " + Clock.COLUMNS + ", c.floor FROM lockstep_log_clock c WHERE c.application = ? FOR UPDATE WAIT ";

    private static final String LOG = LogRows.INSERT_INTO + " VALUES (?, ?, ?, ?, ?, ?, ?)";

    private static final String ADVANCE = "UPDATE lockstep_log_clock SET position = ? WHERE application = ?";

    private final String application;
    private final String lock;

    H2Log(String application, Duration timeout) {
        this.application = application;
        this.lock = Dialect.H2.sql(CLOCK) + BigDecimal.valueOf(timeout.toMillis(), 3);
    }

    /** The clock row as the transaction at hand has locked it. */
    record Locked(Clock clock, long floor) {
        LogPosition head() {
            return clock.head();
        }
    }

    Locked lock(Link tx) throws SQLException {
        return MissingClockException.require(tx.first(
                lock, row -> new Locked(Clock.map(row), row.getLong(Clock.WIDTH + 1)), application));
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
