package dev.lockstep.cache.database;

import java.sql.SQLException;

/** Where connections come from. Thread-safe. */
interface ConnectionSource extends AutoCloseable {

    /**
     * Tries whether there is a database, and prepares it. Called at most once, before anything
     * else.
     */
    void warmUp() throws SQLException;

    /** A connection for one operation, to be given back or dropped. */
    CacheConnection take() throws SQLException;

    /**
     * A connection that may take longer, for work in the background; to be given back or dropped.
     */
    CacheConnection takeForUpkeep() throws SQLException;

    /** Takes back a connection that works. */
    void giveBack(CacheConnection connection);

    /**
     * Takes back a connection that failed: it, and those that were made before now, are not used
     * again.
     */
    void drop(CacheConnection connection);

    @Override
    void close();
}
