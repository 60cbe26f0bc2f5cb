package dev.lockstep.store.jdbc;

import dev.lockstep.contract.SessionStoreContract;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

class H2FileSessionStoreTest extends SessionStoreContract {

    private static TestDatabase database;

    @BeforeAll
    static void start(@TempDir Path directory) {
        database = TestDatabase.h2File(directory);
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
