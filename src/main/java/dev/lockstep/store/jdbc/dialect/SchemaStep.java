package dev.lockstep.store.jdbc.dialect;

import dev.lockstep.store.jdbc.connection.StoreConnection;
import java.sql.SQLException;

/** A file that brings the tables from one version to the next. */
public interface SchemaStep {

    /** Whether it makes the tables, and alters none. */
    boolean isFirst();

    /** Whether it is still to be run, as far as is recorded. */
    boolean isDue(StoreConnection connection) throws SQLException;

    /** Statements that leave alone what is there already. */
    String sql();
}
