package dev.lockstep.store.jdbc;

import dev.lockstep.contract.KeyRingContract;
import org.junit.jupiter.api.AutoClose;

class MariaDbKeyRingTest extends KeyRingContract {

    @AutoClose
    private static final TestDatabase DATABASE = TestDatabase.mariaDb();

    @Override
    protected Database database() {
        return DATABASE;
    }
}
