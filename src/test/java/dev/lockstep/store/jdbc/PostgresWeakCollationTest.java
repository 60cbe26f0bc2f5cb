package dev.lockstep.store.jdbc;

import java.util.List;
import java.util.Map;

class PostgresWeakCollationTest extends WeakCollationContract {

    private static final Map<String, List<String>> COLUMNS = Map.of(
            "lockstep_session", List.of("application", "id", "principal"),
            "lockstep_log_clock", List.of("application"),
            "lockstep_revocation", List.of("application", "session_id", "principal"));

    @Override
    TestDatabase weak() {
        TestDatabase database = TestDatabase.postgres();
        database.open("/blog").close();
        TestDatabase.execute(
                database.dataSource(),
                "CREATE COLLATION weak (provider = icu, locale = 'und-u-ks-level2', deterministic = false)");
        COLUMNS.forEach((table, columns) -> columns.forEach(column -> TestDatabase.execute(
                database.dataSource(),
                "ALTER TABLE " + table + " ALTER COLUMN " + column + " TYPE VARCHAR(255) COLLATE weak")));
        return database;
    }
}
