package dev.lockstep.store.jdbc;

import dev.lockstep.contract.SessionSearchContract;
import org.junit.jupiter.api.AutoClose;

class MariaDbSessionSearchTest extends SessionSearchContract {

    @AutoClose
    private static final TestDatabase DATABASE = TestDatabase.mariaDb();

    @Override
    protected Database database() {
        return DATABASE;
    }
}
