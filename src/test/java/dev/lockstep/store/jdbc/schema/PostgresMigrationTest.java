package dev.lockstep.store.jdbc.schema;

import dev.lockstep.store.jdbc.TestDatabase;
import dev.lockstep.store.jdbc.dialect.Dialect;
import dev.lockstep.store.jdbc.postgresql.PostgresDialect;

class PostgresMigrationTest extends MigrationContract {

    @Override
    TestDatabase empty() {
        return TestDatabase.postgres();
    }

    @Override
    Dialect dialect() {
        return new PostgresDialect();
    }
}
