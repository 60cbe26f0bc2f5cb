package dev.lockstep.store.jdbc;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class H2SchemaTest extends SchemaContract {

    @TempDir
    Path directory;

    @Override
    TestDatabase empty() {
        return TestDatabase.h2File(directory);
    }

    @Override
    TestDatabase again() {
        return TestDatabase.h2File(directory);
    }

    @Override
    String directory() {
        return "h2";
    }

    @Override
    String digest() {
        return "X'" + "ab".repeat(32) + "'";
    }
}
