package dev.lockstep.store.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;

/** Reads the row at hand. */
@FunctionalInterface
interface RowMapper<T> {
    T map(ResultSet row) throws SQLException;
}
