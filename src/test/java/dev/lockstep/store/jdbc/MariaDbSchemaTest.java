package dev.lockstep.store.jdbc;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

class MariaDbSchemaTest extends SchemaContract {

    private String name;

    @Override
    TestDatabase empty() {
        name = TestDatabase.createMariaDb();
        return again();
    }

    @Override
    TestDatabase again() {
        return TestDatabase.mariaDb(name);
    }

    @Override
    String directory() {
        return "mariadb";
    }

    @Override
    String digest() {
        return "UNHEX(REPEAT('ab', 32))";
    }

    @Override
    List<String> moreTables() {
        return List.of("lockstep_server_start");
    }

    @Override
    String thisSchema() {
        return "DATABASE()";
    }

    @Override
    String quote() {
        return "`";
    }

    /** As the client program does, to which the file is given. */
    @Override
    void runByHand(String file) throws SQLException {
        String url = TestDatabase.mariaDbUrl(name) + "&allowMultiQueries=true";
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute(file);
        }
    }
}
