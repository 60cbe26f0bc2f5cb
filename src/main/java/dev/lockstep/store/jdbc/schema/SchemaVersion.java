package dev.lockstep.store.jdbc.schema;

import dev.lockstep.store.jdbc.connection.Sql;
import dev.lockstep.store.jdbc.connection.SqlErrors;
import dev.lockstep.store.jdbc.connection.StoreConnection;
import dev.lockstep.store.jdbc.dialect.Dialect;
import java.sql.SQLException;
import java.util.Objects;

/**
 * Which version the tables have by what their files have written into {@code lockstep_schema}.
 * Thread-safe.
 */
final class SchemaVersion {

    private static final String NEWEST = "SELECT {now}, MAX(version) FROM lockstep_schema";

    private final SqlErrors errors;
    private final Sql newest;

    SchemaVersion(Dialect dialect) {
        this.errors = dialect.errors();
        this.newest = dialect.sql(NEWEST);
    }

    /**
     * 0 where nothing is recorded: there are no tables, or they were made before versions were
     * recorded here.
     */
    int recorded(StoreConnection connection) throws SQLException {
        try {
            return Objects.requireNonNull(connection.first(newest, row -> row.getInt(2)));
        } catch (SQLException e) {
            if (errors.means(SqlErrors.Meaning.NO_TABLE, e)) {
                return 0;
            }
            throw e;
        }
    }
}
