package dev.lockstep.store.jdbc;

import dev.lockstep.contract.SessionStoreContract;
import org.junit.jupiter.api.AutoClose;

class PostgresSessionStoreTest extends SessionStoreContract {

    @AutoClose
    private static final TestDatabase DATABASE = TestDatabase.postgres();

    @Override
    protected Database database() {
        return DATABASE;
    }
}
