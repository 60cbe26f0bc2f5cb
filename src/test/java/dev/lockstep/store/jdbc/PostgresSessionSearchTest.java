package dev.lockstep.store.jdbc;

import dev.lockstep.contract.SessionSearchContract;
import org.junit.jupiter.api.AutoClose;

class PostgresSessionSearchTest extends SessionSearchContract {

    @AutoClose
    private static final TestDatabase DATABASE = TestDatabase.postgres();

    @Override
    protected Database database() {
        return DATABASE;
    }
}
