package dev.lockstep.cache.database;

import java.sql.SQLException;

/** Where connections come from. Thread-safe. */
interface ConnectionSource extends AutoCloseable {

    /**
     * Tries whether there is a database, and prepares it. Called at most once, before anything
     * else.
     */
    void warmUp() throws SQLException;

    /** A link for one operation, to be given back or dropped. */
    CacheConnection take() throws SQLException;

    /** A link that may take longer, for work in the background; to be given back or dropped. */
    CacheConnection takeForUpkeep() throws SQLException;

    /** Takes back a link that works. */
    void giveBack(CacheConnection link);

    /**
     * Takes back a link that failed: it, and those that were made before now, are not used again.
     */
    void drop(CacheConnection link);

    @Override
    void close();
}
