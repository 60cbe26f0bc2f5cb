package dev.lockstep.it.redeploy;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * Which connections a pool has with a PostgreSQL, by a connection of its own.
 *
 * @param url with the user
 * @param pool what the pool's connections call themselves
 */
record DatabaseConnections(String url, String pool) {

    private static final String COUNT =
            "SELECT count(*) FROM pg_stat_activity WHERE application_name = ? AND query LIKE ?";

    int all() throws SQLException {
        return count("%");
    }

    int listening() throws SQLException {
        return count("LISTEN %");
    }

    /** @param lastStatement a pattern of what each of them did last */
    private int count(String lastStatement) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                PreparedStatement statement = connection.prepareStatement(COUNT)) {
            statement.setString(1, pool);
            statement.setString(2, lastStatement);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getInt(1);
            }
        }
    }
}
