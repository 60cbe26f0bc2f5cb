package dev.lockstep.store.jdbc;

import java.sql.SQLException;

/** A file that brings the tables from one version to the next. */
interface SchemaStep {

    /** Whether it is still to be run, as far as is recorded. */
    boolean isDue(Link link) throws SQLException;

    /** Statements that leave alone what is there already. */
    String sql();
}
