package dev.lockstep.store.jdbc;

import dev.lockstep.contract.RevocationLogContract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class H2MemoryRevocationLogTest extends RevocationLogContract {

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
