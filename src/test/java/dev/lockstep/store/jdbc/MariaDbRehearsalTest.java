package dev.lockstep.store.jdbc;

import dev.lockstep.store.jdbc.dialect.Dialect;
import dev.lockstep.store.jdbc.mariadb.MariaDbDialect;

class MariaDbRehearsalTest extends RehearsalContract {

    @Override
    TestDatabase empty() {
        return TestDatabase.mariaDb();
    }

    @Override
    Dialect dialect() {
        return new MariaDbDialect();
    }

    @Override
    String asRun(String sql) {
        return sql.replace("<= c.position", "<= at_position").replace("?#", "?");
    }
}
