package dev.lockstep.cache.database;

import java.sql.SQLException;

/** Where connections come from. Thread-safe. */
interface Links extends AutoCloseable {

    /** Tries whether there is a database, and prepares it. Called at most once, before anything else. */
    void warmUp() throws SQLException;

    /** A link for one operation, to be given back or dropped. */
    Link take() throws SQLException;

    /** A link that may take longer, for work in the background; to be given back or dropped. */
    Link takeForUpkeep() throws SQLException;

    /** Takes back a link that works. */
    void giveBack(Link link);

    /** Takes back a link that failed: it, and those that were made before now, are not used again. */
    void drop(Link link);

    @Override
    void close();
}
