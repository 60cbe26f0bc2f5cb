package dev.lockstep.store.jdbc;

import dev.lockstep.contract.RevocationLogContract;
import org.junit.jupiter.api.AutoClose;

class H2MemoryRevocationLogTest extends RevocationLogContract {

    @AutoClose
    private static final TestDatabase DATABASE = TestDatabase.h2InMemory();

    @Override
    protected Database database() {
        return DATABASE;
    }
}
