package dev.lockstep.store.jdbc;

class H2BulkTest extends BulkContract {

    @Override
    TestDatabase empty() {
        return TestDatabase.h2InMemory();
    }

    @Override
    String digest(String text) {
        return "HASH('SHA-256', CAST(" + text + " AS VARBINARY))";
    }

    @Override
    String series(int count) {
        return "(SELECT x AS i FROM SYSTEM_RANGE(1, " + count + "))";
    }
}
