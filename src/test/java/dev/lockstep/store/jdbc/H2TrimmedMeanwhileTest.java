package dev.lockstep.store.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import org.h2.api.Trigger;

class H2TrimmedMeanwhileTest extends TrimmedMeanwhileContract {

    @Override
    TestDatabase empty() {
        return TestDatabase.h2InMemory();
    }

    @Override
    void trimOnEachAppend(TestDatabase database, String condition) {
        Trim.condition = condition;
        TestDatabase.execute(
                database.dataSource(),
                "CREATE TRIGGER trimmed AFTER INSERT ON lockstep_revocation CALL '" + Trim.class.getName() + "'");
    }

    /** H2 makes it by its name. */
    public static final class Trim implements Trigger {

        private static volatile String condition = "TRUE";

        @Override
        public void fire(Connection connection, Object[] before, Object[] after) throws SQLException {
            try (var statement = connection.createStatement()) {
                statement.execute("DELETE FROM lockstep_revocation WHERE " + condition);
            }
        }
    }
}
