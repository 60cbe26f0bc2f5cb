package dev.lockstep.store.jdbc;

class H2IgnoreCaseTest extends WeakCollationContract {

    @Override
    TestDatabase weak() {
        TestDatabase database = TestDatabase.h2InMemory();
        TestDatabase.execute(database.dataSource(), "SET IGNORECASE TRUE");
        return database;
    }
}
