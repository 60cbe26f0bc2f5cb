package dev.lockstep.store.jdbc;

class PostgresTrimmedMeanwhileTest extends TrimmedMeanwhileContract {

    @Override
    TestDatabase empty() {
        return TestDatabase.postgres();
    }

    @Override
    void trimOnEachAppend(TestDatabase database, String condition) {
        TestDatabase.execute(
                database.dataSource(),
                "CREATE FUNCTION trimmed() RETURNS trigger LANGUAGE plpgsql AS $$"
                        + " BEGIN DELETE FROM lockstep_revocation WHERE " + condition + "; RETURN NULL; END $$");
        TestDatabase.execute(
                database.dataSource(),
                "CREATE TRIGGER trimmed AFTER INSERT ON lockstep_revocation FOR EACH STATEMENT EXECUTE FUNCTION trimmed()");
    }
}
