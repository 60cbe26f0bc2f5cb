package dev.lockstep.store.jdbc;

class PostgresSchemaTest extends SchemaContract {

    private String name;

    @Override
    TestDatabase empty() {
        name = TestDatabase.createPostgres();
        return again();
    }

    @Override
    TestDatabase again() {
        return TestDatabase.postgres(name);
    }

    @Override
    String directory() {
        return "postgresql";
    }
}
