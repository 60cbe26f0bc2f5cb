package dev.lockstep.store.jdbc;

import dev.lockstep.store.jdbc.dialect.Dialect;
import dev.lockstep.store.jdbc.h2.H2Dialect;
import java.util.Set;

class H2RehearsalTest extends RehearsalContract {

    @Override
    TestDatabase empty() {
        return TestDatabase.h2InMemory();
    }

    @Override
    Dialect dialect() {
        return new H2Dialect();
    }

    @Override
    Set<String> ofLaterMigrations() {
        return Set.of("H2Migration.UNDER_WAY");
    }
}
