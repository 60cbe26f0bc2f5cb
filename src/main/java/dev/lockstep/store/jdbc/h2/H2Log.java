package dev.lockstep.store.jdbc.h2;

import dev.lockstep.spi.Revocation;
import dev.lockstep.store.jdbc.connection.Sql;
import dev.lockstep.store.jdbc.connection.StoreConnection;
import dev.lockstep.store.jdbc.dialect.ClockReading;
import dev.lockstep.store.jdbc.dialect.LogEntry;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

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

    private static final String LOCK = """
            SELECT {clock}, EXISTS (SELECT 1 FROM lockstep_revocation r
            WHERE r.application = c.application AND r.position > c.position)
            FROM lockstep_log_clock c WHERE c.application = :application FOR UPDATE WAIT""";

    private static final String START_EPOCH = """
            UPDATE lockstep_log_clock c SET epoch = :fresh WHERE c.application = :application
            AND EXISTS (SELECT 1 FROM lockstep_revocation r
            WHERE r.application = c.application AND r.position > c.position)
            """;

    private static final String REMOVE_TORN =
            "DELETE FROM lockstep_revocation WHERE application = :application AND position > :position";

    private static final String APPEND = """
            INSERT INTO lockstep_revocation
            (application, position, digest, session_id, principal, cause, revoked_at)
            VALUES (:application, :position, :digest, :session, :principal, :cause, :now)
            """;

    private static final String ADVANCE =
            "UPDATE lockstep_log_clock SET position = :position WHERE application = :application";

    private final Sql lock;
    private final Sql startEpoch;
    private final Sql removeTorn;
    private final Sql append;
    private final Sql advance;

    H2Log(H2Dialect dialect, String application, Duration timeout) {
        this.lock = dialect.sql(LOCK + " " + BigDecimal.valueOf(timeout.toMillis(), 3))
                .with("application", application);
        this.startEpoch = dialect.sql(START_EPOCH).with("application", application);
        this.removeTorn = dialect.sql(REMOVE_TORN).with("application", application);
        this.append = dialect.sql(APPEND).with("application", application);
        this.advance = dialect.sql(ADVANCE).with("application", application);
    }

    /** The clock row as the current transaction has locked it. */
    ClockReading lock(StoreConnection tx) throws SQLException {
        Locked locked = read(tx);
        if (locked.overtaken()) {
            removeTorn(tx, locked.clock());
            return read(tx).clock();
        }
        return locked.clock();
    }

    private Locked read(StoreConnection tx) throws SQLException {
        return ClockReading.require(tx.first(lock, Locked::map));
    }

    private record Locked(ClockReading clock, boolean overtaken) {

        static Locked map(ResultSet row) throws SQLException {
            return new Locked(ClockReading.map(row), row.getBoolean(ClockReading.WIDTH + 1));
        }
    }

    /** Removes what is ahead of the clock, which the transaction holds. */
    void removeTorn(StoreConnection tx, ClockReading locked) throws SQLException {
        tx.update(startEpoch.with("fresh", UUID.randomUUID()));
        int rows = tx.update(removeTorn.with("position", locked.position()));
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
    List<Revocation> append(StoreConnection tx, ClockReading before, List<LogEntry> entries) throws SQLException {
        List<Revocation> revocations = new ArrayList<>(entries.size());
        Instant now = Instant.ofEpochMilli(before.now());
        long position = before.position();
        for (LogEntry entry : entries) {
            position++;
            revocations.add(
                    new Revocation(position, entry.digest(), entry.sessionId(), entry.principal(), entry.cause(), now));
        }
        if (!revocations.isEmpty()) {
            tx.batch(revocations.stream().map(this::row).toList());
            tx.update(advance.with("position", position));
        }
        return revocations;
    }

    private Sql row(Revocation revocation) {
        return append.with("position", revocation.position())
                .with("digest", revocation.digest().toBytes())
                .with("session", revocation.sessionId())
                .with("principal", revocation.principal())
                .with("cause", revocation.cause().name())
                .with("now", revocation.revokedAt().toEpochMilli());
    }
}
