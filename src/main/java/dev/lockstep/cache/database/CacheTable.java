package dev.lockstep.cache.database;

import dev.lockstep.TokenDigest;
import dev.lockstep.pool.DriverFailure;
import java.lang.reflect.UndeclaredThrowableException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one application: bytes by digest. Thread-safe, as each operation has a connection of
 * its own.
 */
final class CacheTable {

    /** Rows per statement that removes several: few, so that nobody waits long for the locks. */
    static final int BATCH = 200;

    private static final byte[] NOTHING = {};

    private final ConnectionSource connections;
    private final String application;

    CacheTable(ConnectionSource connections, String application) {
        this.connections = connections;
        this.application = application;
    }

    /** The bytes kept, or null where there are none, or none any more. */
    byte @Nullable [] get(TokenDigest digest) throws SQLException {
        byte[] found = with(connection -> {
            PreparedStatement statement = keyed(connection, CacheStatement.GET, digest);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() ? connection.dialect().copy(rows.getBytes(1)) : NOTHING;
            }
        });
        return found.length == 0 ? null : found;
    }

    void put(TokenDigest digest, byte[] bytes, Duration timeToLive) throws SQLException {
        with(connection -> {
            PreparedStatement statement = keyed(connection, CacheStatement.PUT, digest);
            connection.dialect().bindCopy(statement, 2, bytes, timeToLive);
            return statement.executeUpdate();
        });
    }

    void remove(TokenDigest digest) throws SQLException {
        with(connection -> keyed(connection, CacheStatement.REMOVE, digest).executeUpdate());
    }

    /** Removes all rows of the application, a few at a time. */
    void clear() throws SQLException {
        with(connection -> {
            int removed = BATCH;
            while (removed == BATCH) {
                removed = removeOldest(connection, BATCH);
            }
            return removed;
        });
    }

    /** Removes what has expired, then the oldest rows beyond so many, a few at a time. */
    void sweep(long maxEntries) throws SQLException {
        CacheConnection connection = connections.takeForUpkeep();
        use(connection, it -> {
            removeExpired(it);
            evict(it, maxEntries);
            it.dialect().maintain(it.connection());
            return BATCH;
        });
    }

    private void removeExpired(CacheConnection connection) throws SQLException {
        PreparedStatement statement = connection.statement(CacheStatement.REMOVE_EXPIRED, application);
        int removed = BATCH;
        while (removed == BATCH) {
            statement.setInt(1, BATCH);
            connection.dialect().bindSweep(statement, 2);
            removed = statement.executeUpdate();
        }
    }

    private void evict(CacheConnection connection, long maxEntries) throws SQLException {
        long beyond = count(connection) - maxEntries;
        while (beyond > 0) {
            int batch = (int) Math.min(beyond, BATCH);
            beyond = removeOldest(connection, batch) < batch ? 0 : beyond - batch;
        }
    }

    private long count(CacheConnection connection) throws SQLException {
        PreparedStatement statement = connection.statement(CacheStatement.COUNT, application);
        try (ResultSet rows = statement.executeQuery()) {
            return rows.next() ? rows.getLong(1) : 0;
        }
    }

    private int removeOldest(CacheConnection connection, int limit) throws SQLException {
        PreparedStatement statement = connection.statement(CacheStatement.REMOVE_OLDEST, application);
        statement.setInt(1, limit);
        return statement.executeUpdate();
    }

    private PreparedStatement keyed(CacheConnection connection, CacheStatement kind, TokenDigest digest)
            throws SQLException {
        PreparedStatement statement = connection.statement(kind, application);
        statement.setBytes(1, digest.toBytes());
        return statement;
    }

    private <T> T with(Work<T> work) throws SQLException {
        return use(connections.take(), work);
    }

    private <T> T use(CacheConnection connection, Work<T> work) throws SQLException {
        boolean usable = false;
        try {
            T result = work.on(connection);
            usable = true;
            return result;
        } catch (SQLException | UndeclaredThrowableException e) {
            SQLException failure = DriverFailure.within(e);
            usable = connection.dialect().survives(failure);
            throw failure;
        } finally {
            if (usable) {
                connections.giveBack(connection);
            } else {
                connections.drop(connection);
            }
        }
    }

    private interface Work<T> {
        T on(CacheConnection connection) throws SQLException;
    }
}
