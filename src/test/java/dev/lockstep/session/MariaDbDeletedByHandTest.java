package dev.lockstep.session;

import dev.lockstep.store.jdbc.TestDatabase;

class MariaDbDeletedByHandTest extends DeletedByHandContract {

    @Override
    TestDatabase empty() {
        return TestDatabase.mariaDb();
    }

    @Override
    String randomUuid() {
        return "UUID()";
    }
}
