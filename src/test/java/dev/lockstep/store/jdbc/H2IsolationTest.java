package dev.lockstep.store.jdbc;

class H2IsolationTest extends IsolationContract {

    @Override
    TestDatabase empty() {
        return TestDatabase.h2InMemory();
    }
}
