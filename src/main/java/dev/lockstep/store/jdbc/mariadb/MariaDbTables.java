package dev.lockstep.store.jdbc.mariadb;

import dev.lockstep.LockstepException;
import dev.lockstep.store.jdbc.connection.Sql;
import dev.lockstep.store.jdbc.connection.StoreConnection;
import java.sql.SQLException;
import java.util.List;

/**
 * Whether the tables are what their names say. A server may have been told to make all of them by
 * another engine, and somebody may have altered them: without transactions, with rows that outlast
 * a restart, or with a character set that turns two names into one.
 */
final class MariaDbTables {

    private static final Sql UNFIT = Sql.of("""
            SELECT CONCAT(t.table_name, ' has ENGINE = ', t.engine) FROM information_schema.TABLES t
            WHERE t.table_schema = DATABASE() AND t.table_name IN
            ('lockstep_session', 'lockstep_log_clock', 'lockstep_revocation', 'lockstep_node', 'lockstep_housekeeping',
            'lockstep_key')
            AND t.engine <> 'InnoDB'
            UNION ALL SELECT CONCAT(t.table_name, ' has ENGINE = ', t.engine) FROM information_schema.TABLES t
            WHERE t.table_schema = DATABASE() AND t.table_name = 'lockstep_server_start' AND t.engine <> 'MEMORY'
            UNION ALL SELECT CONCAT(c.table_name, '.', c.column_name, ' has CHARACTER SET ', c.character_set_name)
            FROM information_schema.COLUMNS c
            WHERE c.table_schema = DATABASE() AND c.table_name IN
            ('lockstep_session', 'lockstep_log_clock', 'lockstep_revocation', 'lockstep_node', 'lockstep_housekeeping',
            'lockstep_key')
            AND c.character_set_name <> 'utf8mb4'
            """);

    private MariaDbTables() {}

    /** @throws LockstepException naming each that is not */
    static void check(StoreConnection connection) throws SQLException {
        List<String> unfit = connection.query(UNFIT, row -> row.getString(1));
        if (!unfit.isEmpty()) {
            throw new LockstepException(
                    "LOCKSTEP-0244 The store's tables are not as its SQL file makes them: " + String.join(", ", unfit)
                            + ". Sessions and the log need InnoDB and utf8mb4, lockstep_server_start needs MEMORY: alter"
                            + " them, and see to it that enforce_storage_engine does not make them otherwise",
                    null);
        }
    }
}
