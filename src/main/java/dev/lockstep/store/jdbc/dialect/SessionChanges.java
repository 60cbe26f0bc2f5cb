package dev.lockstep.store.jdbc.dialect;

import dev.lockstep.Session;
import dev.lockstep.SessionCopy;
import dev.lockstep.TokenDigest;
import dev.lockstep.spi.NewSession;
import dev.lockstep.store.jdbc.connection.StoreConnection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * The changes to sessions that are no revocations, as one kind of database wants them. Thread-safe.
 */
public interface SessionChanges {

    /**
     * Keeps new sessions, all or none. The position of the copies, which are in their order, is
     * read no later than the rows are written.
     *
     * @param asked one at least
     */
    List<SessionCopy> open(StoreConnection connection, List<NewSession> asked) throws SQLException;

    /**
     * Records that live sessions were used so long ago, unless a use was recorded within the given
     * time before that. One whose row is locked is left out: so it waits for nobody, and nobody
     * ever for each other.
     *
     * @param digests one at least, each once
     * @return how many were recorded
     */
    int touch(StoreConnection connection, List<TokenDigest> digests, Duration ago, Duration unlessWithin)
            throws SQLException;

    /**
     * Deletes sessions that were over by then, and are by the database's clock; none if another
     * transaction is deleting some. Waits for nobody, and makes nobody wait who does not want one
     * of these sessions.
     */
    List<Session> deleteExpired(StoreConnection connection, Instant before, int limit) throws SQLException;
}
