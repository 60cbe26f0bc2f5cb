package dev.lockstep.store.jdbc;

class PostgresBulkTest extends BulkContract {

    @Override
    TestDatabase empty() {
        return TestDatabase.postgres();
    }

    @Override
    String digest(String text) {
        return "sha256((" + text + ")::bytea)";
    }

    @Override
    String series(int count) {
        return "generate_series(1, " + count + ") i";
    }
}
