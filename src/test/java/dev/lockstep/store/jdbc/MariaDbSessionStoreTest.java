package dev.lockstep.store.jdbc;

import dev.lockstep.contract.SessionStoreContract;
import org.junit.jupiter.api.AutoClose;

class MariaDbSessionStoreTest extends SessionStoreContract {

    @AutoClose
    private static final TestDatabase DATABASE = TestDatabase.mariaDb();

    @Override
    protected Database database() {
        return DATABASE;
    }
}
