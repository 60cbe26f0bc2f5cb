package dev.lockstep.store.jdbc;

import dev.lockstep.contract.SessionStoreContract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class H2MemorySessionStoreTest extends SessionStoreContract {

    private static TestDatabase database;

    @BeforeAll
    static void start() {
        database = TestDatabase.h2InMemory();
    }

    @AfterAll
    static void stop() {
        database.close();
    }

    @Override
    protected Database database() {
        return database;
    }
}
