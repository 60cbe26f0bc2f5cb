package dev.lockstep.store.jdbc;

class MariaDbBulkTest extends BulkContract {

    @Override
    TestDatabase empty() {
        return TestDatabase.mariaDb();
    }

    @Override
    String digest(String text) {
        return "UNHEX(SHA2(" + text + ", 256))";
    }

    @Override
    String series(int count) {
        return "(SELECT seq AS i FROM seq_1_to_" + count + ") i";
    }

    @Override
    String dropPrimaryKey(String table) {
        return "ALTER TABLE " + table + " DROP PRIMARY KEY";
    }
}
