package dev.lockstep.store.jdbc.postgresql;

import dev.lockstep.LockstepException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** What a PostgreSQL server says about itself. Used once, by one thread. */
final class PostgresDatabase {

    private static final System.Logger LOG = System.getLogger(PostgresDatabase.class.getName());

    private final Connection connection;

    PostgresDatabase(Connection connection) {
        this.connection = connection;
    }

    /** A standby is behind its primary: what it says of a session may be history. */
    void refuseStandby() throws SQLException {
        if (isTrue("SELECT pg_is_in_recovery()")) {
            throw new LockstepException(
                    "LOCKSTEP-0115 lockstep.store.datasource leads to a PostgreSQL standby: the store must always talk"
                            + " to the primary; for a URL with several hosts add targetServerType=primary",
                    null);
        }
    }

    void warnOfLoss() throws SQLException {
        if (isTrue("SELECT current_setting('fsync') = 'off'")) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "LOCKSTEP-0116 PostgreSQL runs with fsync = off and loses revocations, hence logouts, when its"
                            + " machine fails: set it on, except in tests");
        }
    }

    private boolean isTrue(String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            return row.next() && row.getBoolean(1);
        }
    }
}
