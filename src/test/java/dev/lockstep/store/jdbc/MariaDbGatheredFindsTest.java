package dev.lockstep.store.jdbc;

class MariaDbGatheredFindsTest extends GatheredFindsContract {

    @Override
    TestDatabase empty() {
        return TestDatabase.mariaDb();
    }
}
