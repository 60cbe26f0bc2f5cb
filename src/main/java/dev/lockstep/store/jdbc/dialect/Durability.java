package dev.lockstep.store.jdbc.dialect;

import dev.lockstep.store.jdbc.connection.StoreConnection;
import java.sql.SQLException;

/** What is still to be done after a commit, for it to outlast a loss of power. Thread-safe. */
@FunctionalInterface
public interface Durability {

    /** Where the commit itself has seen to it. */
    Durability BY_COMMIT = connection -> {};

    /** Returns once all that was committed before the call will outlast it. */
    void ensure(StoreConnection connection) throws SQLException;
}
