package dev.lockstep.store.jdbc.schema;

import dev.lockstep.store.jdbc.TestDatabase;
import dev.lockstep.store.jdbc.dialect.Dialect;
import dev.lockstep.store.jdbc.mariadb.MariaDbDialect;

class MariaDbMigrationTest extends MigrationContract {

    @Override
    TestDatabase empty() {
        return TestDatabase.mariaDb();
    }

    @Override
    Dialect dialect() {
        return new MariaDbDialect();
    }
}
