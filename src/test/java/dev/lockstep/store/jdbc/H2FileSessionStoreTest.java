package dev.lockstep.store.jdbc;

import dev.lockstep.SessionStore;
import dev.lockstep.contract.SessionStoreContract;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Executors;
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
    protected SessionStore open(String application) {
        return JdbcStore.open(
                database.dataSource(),
                StoreSettings.of(application).withTimeout(Duration.ofSeconds(30)),
                Executors.defaultThreadFactory());
    }

    @Override
    protected void elapse(String application, Duration duration) throws Exception {
        database.age(application, duration);
    }
}
