package dev.lockstep.store.jdbc;

import dev.lockstep.contract.KeyRingContract;
import org.junit.jupiter.api.AutoClose;

class PostgresKeyRingTest extends KeyRingContract {

    @AutoClose
    private static final TestDatabase DATABASE = TestDatabase.postgres();

    @Override
    protected Database database() {
        return DATABASE;
    }
}
