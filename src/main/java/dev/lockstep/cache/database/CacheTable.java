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
 * The rows of one application: bytes by digest. Thread-safe, as each operation has a link of its
 * own.
 */
final class CacheTable {

    /** Rows per statement that removes several: few, so that nobody waits long for the locks. */
    static final int BATCH = 200;

    private static final byte[] NOTHING = {};

    private final ConnectionSource links;
    private final String application;

    CacheTable(ConnectionSource links, String application) {
        this.links = links;
        this.application = application;
    }

    /** The bytes kept, or null where there are none, or none any more. */
    byte @Nullable [] get(TokenDigest digest) throws SQLException {
        byte[] found = with(link -> {
            PreparedStatement statement = keyed(link, CacheStatement.GET, digest);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() ? link.dialect().copy(rows.getBytes(1)) : NOTHING;
            }
        });
        return found.length == 0 ? null : found;
    }

    void put(TokenDigest digest, byte[] bytes, Duration timeToLive) throws SQLException {
        with(link -> {
            PreparedStatement statement = keyed(link, CacheStatement.PUT, digest);
            link.dialect().bindCopy(statement, 2, bytes, timeToLive);
            return statement.executeUpdate();
        });
    }

    void remove(TokenDigest digest) throws SQLException {
        with(link -> keyed(link, CacheStatement.REMOVE, digest).executeUpdate());
    }

    /** Removes all rows of the application, a few at a time. */
    void clear() throws SQLException {
        with(link -> {
            int removed = BATCH;
            while (removed == BATCH) {
                removed = removeOldest(link, BATCH);
            }
            return removed;
        });
    }

    /** Removes what has expired, then the oldest rows beyond so many, a few at a time. */
    void sweep(long maxEntries) throws SQLException {
        CacheConnection link = links.takeForUpkeep();
        use(link, it -> {
            removeExpired(it);
            evict(it, maxEntries);
            it.dialect().maintain(it.connection());
            return BATCH;
        });
    }

    private void removeExpired(CacheConnection link) throws SQLException {
        PreparedStatement statement = link.statement(CacheStatement.REMOVE_EXPIRED, application);
        int removed = BATCH;
        while (removed == BATCH) {
            statement.setInt(1, BATCH);
            link.dialect().bindSweep(statement, 2);
            removed = statement.executeUpdate();
        }
    }

    private void evict(CacheConnection link, long maxEntries) throws SQLException {
        long beyond = count(link) - maxEntries;
        while (beyond > 0) {
            int batch = (int) Math.min(beyond, BATCH);
            beyond = removeOldest(link, batch) < batch ? 0 : beyond - batch;
        }
    }

    private long count(CacheConnection link) throws SQLException {
        PreparedStatement statement = link.statement(CacheStatement.COUNT, application);
        try (ResultSet rows = statement.executeQuery()) {
            return rows.next() ? rows.getLong(1) : 0;
        }
    }

    private int removeOldest(CacheConnection link, int limit) throws SQLException {
        PreparedStatement statement = link.statement(CacheStatement.REMOVE_OLDEST, application);
        statement.setInt(1, limit);
        return statement.executeUpdate();
    }

    private PreparedStatement keyed(CacheConnection link, CacheStatement kind, TokenDigest digest) throws SQLException {
        PreparedStatement statement = link.statement(kind, application);
        statement.setBytes(1, digest.toBytes());
        return statement;
    }

    private <T> T with(Work<T> work) throws SQLException {
        return use(links.take(), work);
    }

    private <T> T use(CacheConnection link, Work<T> work) throws SQLException {
        boolean usable = false;
        try {
            T result = work.on(link);
            usable = true;
            return result;
        } catch (SQLException | UndeclaredThrowableException e) {
            SQLException failure = DriverFailure.within(e);
            usable = link.dialect().survives(failure);
            throw failure;
        } finally {
            if (usable) {
                links.giveBack(link);
            } else {
                links.drop(link);
            }
        }
    }

    private interface Work<T> {
        T on(CacheConnection link) throws SQLException;
    }
}
