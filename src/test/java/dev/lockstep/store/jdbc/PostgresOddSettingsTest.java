package dev.lockstep.store.jdbc;

import dev.lockstep.contract.SessionStoreContract;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;

/** The contract holds whatever the server's defaults are: the store says itself what it needs. */
class PostgresOddSettingsTest extends SessionStoreContract {

    @AutoClose
    private static TestDatabase database;

    @BeforeAll
    static void start() {
        String name = TestDatabase.createPostgres();
        try (TestDatabase asItComes = TestDatabase.postgres(name)) {
            for (String setting : new String[] {
                "default_transaction_isolation = 'serializable'",
                "synchronous_commit = off",
                "lock_timeout = '1ms'",
                "timezone = 'Pacific/Chatham'",
                "bytea_output = 'escape'",
                "plan_cache_mode = 'force_generic_plan'"
            }) {
                TestDatabase.execute(asItComes.dataSource(), "ALTER DATABASE " + name + " SET " + setting);
            }
        }
        database = TestDatabase.postgres(name);
    }

    @Override
    protected Database database() {
        return database;
    }
}
