package dev.lockstep.store.jdbc;

class PostgresGatheredOpensTest extends GatheredOpensContract {

    @Override
    TestDatabase empty() {
        return TestDatabase.postgres();
    }
}
