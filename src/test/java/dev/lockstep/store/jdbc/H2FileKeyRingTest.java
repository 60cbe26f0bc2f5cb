package dev.lockstep.store.jdbc;

import dev.lockstep.contract.KeyRingContract;
import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

class H2FileKeyRingTest extends KeyRingContract {

    @AutoClose
    private static TestDatabase database;

    @BeforeAll
    static void start(@TempDir Path directory) {
        database = TestDatabase.h2File(directory);
    }

    @Override
    protected Database database() {
        return database;
    }
}
