package dev.lockstep.store.jdbc.dialect;

import dev.lockstep.spi.RevocationLog.Committed;
import dev.lockstep.spi.Revoked;
import dev.lockstep.store.jdbc.connection.StoreConnection;
import java.sql.SQLException;
import java.util.List;

/**
 * Ends sessions, as one kind of database wants it: in one transaction that begins with the clock
 * row, as all {@linkplain LogChanges changes that involve it} do. Thread-safe.
 */
public interface RevocationChanges {

    /** What became of each target, in their order, and the node rows as read after the commit. */
    Committed<List<Revoked>> revoke(StoreConnection connection, Targets targets) throws SQLException;
}
