package dev.lockstep.store.jdbc;

class H2GatheredFindsTest extends GatheredFindsContract {

    @Override
    TestDatabase empty() {
        return TestDatabase.h2InMemory();
    }
}
