package dev.lockstep.store.jdbc;

class PostgresGatheredFindsTest extends GatheredFindsContract {

    @Override
    TestDatabase empty() {
        return TestDatabase.postgres();
    }
}
