package dev.lockstep.store.jdbc;

import dev.lockstep.contract.SessionStoreContract;
import org.junit.jupiter.api.AutoClose;

class H2MemorySessionStoreTest extends SessionStoreContract {

    @AutoClose
    private static final TestDatabase DATABASE = TestDatabase.h2InMemory();

    @Override
    protected Database database() {
        return DATABASE;
    }
}
