package dev.lockstep.store.jdbc;

import java.sql.SQLException;

/** What is still to be done after a commit, for it to outlast a loss of power. Thread-safe. */
@FunctionalInterface
interface Durability {

    /** Where the commit itself has seen to it. */
    Durability BY_COMMIT = link -> {};

    /** Returns once all that was committed before the call will outlast it. */
    void ensure(Link link) throws SQLException;
}
