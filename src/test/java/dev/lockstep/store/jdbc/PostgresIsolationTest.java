package dev.lockstep.store.jdbc;

class PostgresIsolationTest extends IsolationContract {

    @Override
    TestDatabase empty() {
        return TestDatabase.postgres();
    }
}
