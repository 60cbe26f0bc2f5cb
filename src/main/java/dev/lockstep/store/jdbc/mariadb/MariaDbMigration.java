package dev.lockstep.store.jdbc.mariadb;

import dev.lockstep.store.jdbc.connection.Sql;
import dev.lockstep.store.jdbc.connection.StoreConnection;
import dev.lockstep.store.jdbc.dialect.SchemaStep;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * Runs a file, statement by statement: the driver sends several at a time only where its URL says
 * so.
 *
 * <p>Every definition commits at once, so no transaction keeps others away; a lock by name does,
 * which ends with its connection. Whoever gets it looks again whether the file has been run
 * meanwhile. One that was cut short is run again, as it leaves alone what is there.
 */
final class MariaDbMigration {

    /** Others may be at a file for a while. */
    private static final Sql LOCK = Sql.of("SELECT GET_LOCK('lockstep schema', 60)");

    private static final Sql UNLOCK = Sql.of("SELECT RELEASE_LOCK('lockstep schema')");

    /** Waiting for a table that is in use would make all who use it wait as well. */
    private static final String BRIEFLY = "SET STATEMENT lock_wait_timeout = 5 FOR ";

    private static final Pattern COMMENT = Pattern.compile("(?m)^--.*$");
    private static final Pattern END = Pattern.compile(";\\s*(?:\\n|$)");

    private MariaDbMigration() {}

    static void run(StoreConnection connection, SchemaStep step) throws SQLException {
        if (Objects.requireNonNull(connection.first(LOCK, row -> row.getInt(1))) != 1) {
            throw new SQLException("others have been making the tables for a minute");
        }
        try {
            if (step.isDue(connection)) {
                for (String statement : statements(step.sql())) {
                    connection.execute(BRIEFLY + statement);
                }
            }
        } finally {
            connection.first(UNLOCK, row -> true);
        }
    }

    private static List<String> statements(String file) {
        String bare = COMMENT.matcher(file).replaceAll("").strip();
        return END.splitAsStream(bare).toList();
    }
}
