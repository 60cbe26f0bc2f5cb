package dev.lockstep.store.jdbc;

class H2WeakCollationTest extends WeakCollationContract {

    @Override
    TestDatabase weak() {
        TestDatabase database = TestDatabase.h2InMemory();
        TestDatabase.execute(database.dataSource(), "SET COLLATION ENGLISH STRENGTH PRIMARY");
        return database;
    }
}
