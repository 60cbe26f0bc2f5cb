package dev.lockstep.store.jdbc;

import dev.lockstep.contract.SessionStoreContract;
import org.junit.jupiter.api.AutoClose;

/** The contract holds whatever a connection was told: the store says itself what it needs. */
class MariaDbOddSettingsTest extends SessionStoreContract {

    private static final String MODES =
            "ANSI_QUOTES,PIPES_AS_CONCAT,HIGH_NOT_PRECEDENCE,IGNORE_SPACE,NO_BACKSLASH_ESCAPES,"
                    + "NO_UNSIGNED_SUBTRACTION,PAD_CHAR_TO_FULL_LENGTH,EMPTY_STRING_IS_NULL,REAL_AS_FLOAT";

    private static final String SETTINGS = String.join(
            ",",
            "sql_mode='" + MODES + "'",
            "tx_isolation='SERIALIZABLE'",
            "completion_type='CHAIN'",
            "time_zone='+12:45'",
            "innodb_lock_wait_timeout=0",
            "lock_wait_timeout=1",
            "group_concat_max_len=4",
            "sql_auto_is_null=1",
            "collation_connection='utf8mb4_general_ci'",
            "default_storage_engine='MEMORY'",
            "div_precision_increment=0",
            "optimizer_switch='default'");

    @AutoClose
    private static final TestDatabase DATABASE =
            TestDatabase.mariaDb(TestDatabase.createMariaDb(), "&useAffectedRows=true&sessionVariables=" + SETTINGS);

    @Override
    protected Database database() {
        return DATABASE;
    }
}
