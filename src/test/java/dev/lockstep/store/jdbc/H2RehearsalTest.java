package dev.lockstep.store.jdbc;

class H2RehearsalTest extends RehearsalContract {

    @Override
    TestDatabase empty() {
        return TestDatabase.h2InMemory();
    }

    @Override
    Dialect dialect() {
        return new H2Dialect();
    }

    @Override
    String others() {
        return "Postgres";
    }
}
