package dev.lockstep.store.jdbc;

import java.sql.SQLException;

/** What to do with a connection. */
@FunctionalInterface
interface Work<T> {
    T on(Link link) throws SQLException;
}
