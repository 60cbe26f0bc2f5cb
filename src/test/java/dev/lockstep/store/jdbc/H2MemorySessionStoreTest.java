package dev.lockstep.store.jdbc;

import dev.lockstep.SessionStore;
import dev.lockstep.contract.SessionStoreContract;
import java.time.Duration;
import java.util.concurrent.Executors;
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
