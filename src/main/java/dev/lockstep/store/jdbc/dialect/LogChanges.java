package dev.lockstep.store.jdbc.dialect;

import dev.lockstep.Session;
import dev.lockstep.SessionCopy;
import dev.lockstep.TokenDigest;
import dev.lockstep.spi.LogPosition;
import dev.lockstep.spi.Revocation;
import dev.lockstep.spi.RevocationLog.Committed;
import dev.lockstep.spi.RevocationLog.Registration;
import dev.lockstep.spi.Revoked;
import dev.lockstep.spi.Rotated;
import dev.lockstep.store.jdbc.connection.StoreConnection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The changes that involve the clock row, but for {@linkplain RevocationChanges those that end
 * sessions}, as one kind of database wants them. Thread-safe.
 *
 * <p>Each is one transaction that locks the clock row before it reads or writes anything else. So
 * these transactions can't deadlock; each sees all that the ones before it have committed; and
 * positions grow in the order of commits, because the lock is held from before a position is taken
 * until the commit is visible. Other statements (a touch, a sweep) hold locks on session rows only,
 * and wait for no second lock while they do.
 */
public interface LogChanges {

    Committed<Revoked> announce(StoreConnection connection, List<LogEntry> entries) throws SQLException;

    Optional<Committed<Rotated>> rotate(StoreConnection connection, TokenDigest current, TokenDigest next)
            throws SQLException;

    Registration register(StoreConnection connection, String nodeId, String name, Duration lease) throws SQLException;

    /**
     * Deletes at most {@code limit} log rows up to a place, and raises the floor to the last of
     * them; nothing in another epoch.
     *
     * @return whether there may be more
     */
    boolean trim(StoreConnection connection, LogPosition upTo, int limit) throws SQLException;

    /**
     * Inserts a version of the key, puts it in force, and deletes former ones that are no longer
     * needed; nothing while another version is in force than the one to replace.
     */
    void makeKey(StoreConnection connection, NewKey key) throws SQLException;

    /**
     * Removes what a crash may have left of a transaction, where the database's recovery may leave
     * anything.
     */
    default void removeTorn(StoreConnection connection) throws SQLException {}

    /** What the log says of rows that were announced, in their order. */
    static Revoked announced(long epoch, List<Revocation> rows) {
        return rows.isEmpty()
                ? new Revoked(null, List.of())
                : new Revoked(new LogPosition(epoch, rows.get(rows.size() - 1).position()), rows);
    }

    /** What is told of a rotation. */
    static Rotated rotated(TokenDigest next, Session session, long epoch, Revocation old) {
        return new Rotated(
                new SessionCopy(next, session, epoch, old.position()),
                new Revoked(new LogPosition(epoch, old.position()), List.of(old)));
    }
}
