package dev.lockstep.store.jdbc;

import java.util.function.Supplier;

/** The kinds of databases that a store may have, for what must hold on each. */
enum DatabaseKind {
    H2(TestDatabase::h2InMemory),
    POSTGRES(TestDatabase::postgres),
    MARIADB(TestDatabase::mariaDb);

    private final Supplier<TestDatabase> database;

    DatabaseKind(Supplier<TestDatabase> database) {
        this.database = database;
    }

    /** A new database, which ends with the test. */
    TestDatabase open() {
        return database.get();
    }
}
