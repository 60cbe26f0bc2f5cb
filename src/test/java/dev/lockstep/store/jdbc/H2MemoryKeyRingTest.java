package dev.lockstep.store.jdbc;

import dev.lockstep.contract.KeyRingContract;
import org.junit.jupiter.api.AutoClose;

class H2MemoryKeyRingTest extends KeyRingContract {

    @AutoClose
    private static final TestDatabase DATABASE = TestDatabase.h2InMemory();

    @Override
    protected Database database() {
        return DATABASE;
    }
}
