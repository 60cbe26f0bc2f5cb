package dev.lockstep.store.jdbc;

import dev.lockstep.contract.RevocationLogContract;
import org.junit.jupiter.api.AutoClose;

class PostgresRevocationLogTest extends RevocationLogContract {

    @AutoClose
    private static final TestDatabase DATABASE = TestDatabase.postgres();

    @Override
    protected Database database() {
        return DATABASE;
    }
}
