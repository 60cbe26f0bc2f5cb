package dev.lockstep.store.jdbc;

import dev.lockstep.contract.RevocationLogContract;
import org.junit.jupiter.api.AutoClose;

class MariaDbRevocationLogTest extends RevocationLogContract {

    @AutoClose
    private static final TestDatabase DATABASE = TestDatabase.mariaDb();

    @Override
    protected Database database() {
        return DATABASE;
    }
}
