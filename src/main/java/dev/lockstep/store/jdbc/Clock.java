package dev.lockstep.store.jdbc;

import dev.lockstep.LogPosition;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * A reading of the clock row.
 *
 * @param now the database's clock, in milliseconds since 1970
 * @param head the log's epoch and newest position
 */
record Clock(long now, LogPosition head) {

    /** What a query selects first for {@link #map}. */
    static final String COLUMNS = "{now}, {epoch}, c.position";

    /** How many columns {@link #map} reads. */
    static final int WIDTH = 3;

    static Clock map(ResultSet row) throws SQLException {
        return new Clock(row.getLong(1), new LogPosition(row.getLong(2), row.getLong(3)));
    }
}
