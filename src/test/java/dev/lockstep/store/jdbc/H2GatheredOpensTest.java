package dev.lockstep.store.jdbc;

class H2GatheredOpensTest extends GatheredOpensContract {

    @Override
    TestDatabase empty() {
        return TestDatabase.h2InMemory();
    }
}
