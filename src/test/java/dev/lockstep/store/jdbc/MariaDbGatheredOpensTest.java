package dev.lockstep.store.jdbc;

class MariaDbGatheredOpensTest extends GatheredOpensContract {

    @Override
    TestDatabase empty() {
        return TestDatabase.mariaDb();
    }
}
