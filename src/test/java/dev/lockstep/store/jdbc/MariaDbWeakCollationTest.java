package dev.lockstep.store.jdbc;

import java.util.List;

/** Tables that somebody has converted. */
class MariaDbWeakCollationTest extends WeakCollationContract {

    private static final List<String> TABLES =
            List.of("lockstep_session", "lockstep_log_clock", "lockstep_revocation", "lockstep_node");

    @Override
    TestDatabase weak() {
        TestDatabase database = TestDatabase.mariaDb();
        database.open("/blog").close();
        TABLES.forEach(table -> TestDatabase.execute(
                database.dataSource(),
                "ALTER TABLE " + table + " CONVERT TO CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci"));
        return database;
    }
}
