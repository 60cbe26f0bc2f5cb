package dev.lockstep.store.jdbc;

class MariaDbTrimmedMeanwhileTest extends TrimmedMeanwhileContract {

    @Override
    TestDatabase empty() {
        return TestDatabase.mariaDb();
    }

    /** A trigger may not change the table that it is of; the clock row is changed last of all. */
    @Override
    void trimOnEachAppend(TestDatabase database, String condition) {
        TestDatabase.execute(
                database.dataSource(),
                "CREATE TRIGGER trimmed AFTER UPDATE ON lockstep_log_clock FOR EACH ROW"
                        + " DELETE FROM lockstep_revocation WHERE " + condition);
    }
}
