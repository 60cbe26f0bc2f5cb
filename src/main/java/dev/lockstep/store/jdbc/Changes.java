package dev.lockstep.store.jdbc;

import dev.lockstep.LogPosition;
import dev.lockstep.NewSession;
import dev.lockstep.RevocationTarget;
import dev.lockstep.Revoked;
import dev.lockstep.Rotated;
import dev.lockstep.Session;
import dev.lockstep.SessionCopy;
import dev.lockstep.TokenDigest;
import dev.lockstep.spi.RevocationLog.Registration;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The changes that each database is told of in its own way. Those that touch several tables lock the clock row first, so
 * that they can't deadlock, and so that positions grow in the order of commits: the lock is held from before a position
 * is taken until its commit is visible.
 */
interface Changes {

    SessionCopy open(Link link, NewSession session) throws SQLException;

    List<Revoked> revoke(Link link, List<RevocationTarget> targets) throws SQLException;

    Optional<Rotated> rotate(Link link, TokenDigest current, TokenDigest next) throws SQLException;

    /** Deletes at most {@code limit} sessions that ended at least {@code grace} ago, none if another transaction is at it. */
    List<Session> deleteExpired(Link link, Duration grace, int limit) throws SQLException;

    Registration register(Link link, String nodeId, String name, Duration lease) throws SQLException;

    /**
     * Deletes at most {@code limit} log rows up to a position, and raises the floor to the last of them; nothing where
     * a node's lease is so long that it may not have seen them.
     *
     * @param seen a place of the log
     * @param age how long ago it was seen
     * @return the floor; or empty where the log is in another epoch now
     */
    OptionalLong trim(Link link, LogPosition seen, Duration age, int limit) throws SQLException;
}
