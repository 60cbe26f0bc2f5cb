package dev.lockstep.session;

import dev.lockstep.store.jdbc.TestDatabase;

class PostgresDeletedByHandTest extends DeletedByHandContract {

    @Override
    TestDatabase empty() {
        return TestDatabase.postgres();
    }

    @Override
    String randomUuid() {
        return "gen_random_uuid()";
    }
}
