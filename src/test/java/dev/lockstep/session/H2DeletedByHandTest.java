package dev.lockstep.session;

import dev.lockstep.store.jdbc.TestDatabase;

class H2DeletedByHandTest extends DeletedByHandContract {

    @Override
    TestDatabase empty() {
        return TestDatabase.h2InMemory();
    }

    @Override
    String randomUuid() {
        return "RANDOM_UUID()";
    }
}
