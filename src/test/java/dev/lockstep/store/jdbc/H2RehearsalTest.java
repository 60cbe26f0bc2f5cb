package dev.lockstep.store.jdbc;

class H2RehearsalTest extends RehearsalContract {

    @Override
    TestDatabase empty() {
        return TestDatabase.h2InMemory();
    }

    @Override
    Dialect dialect() {
        return Dialect.H2;
    }

    @Override
    String others() {
        return "Postgres";
    }
}
