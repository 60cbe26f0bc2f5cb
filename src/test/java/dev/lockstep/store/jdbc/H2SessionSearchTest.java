package dev.lockstep.store.jdbc;

import dev.lockstep.contract.SessionSearchContract;
import org.junit.jupiter.api.AutoClose;

class H2SessionSearchTest extends SessionSearchContract {

    @AutoClose
    private static final TestDatabase DATABASE = TestDatabase.h2InMemory();

    @Override
    protected Database database() {
        return DATABASE;
    }
}
