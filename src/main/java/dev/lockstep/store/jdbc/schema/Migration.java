package dev.lockstep.store.jdbc.schema;

import dev.lockstep.store.jdbc.connection.StoreConnection;
import dev.lockstep.store.jdbc.dialect.Dialect;
import dev.lockstep.store.jdbc.dialect.SchemaStep;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * Migrates the tables to the newest version, file by file, and never back. Thread-safe.
 *
 * <p>Any number of nodes may do this at the same time. How they keep out of each other's way is the
 * dialect's matter; since a file leaves alone what is there, running it again is the remedy for one
 * that failed or was cut short.
 */
final class Migration {

    /** Nodes that migrate at once collide once or twice; a fifth failure has another cause. */
    private static final int ATTEMPTS = 5;
    /** About what one of the scripts takes on another node. */
    private static final Duration PAUSE = Duration.ofMillis(100);

    private final Dialect dialect;
    private final SchemaFiles files;
    private final SchemaVersion version;

    Migration(Dialect dialect, SchemaFiles files, SchemaVersion version) {
        this.dialect = dialect;
        this.files = files;
        this.version = version;
    }

    void run(StoreConnection connection) throws SQLException {
        int failures = 0;
        int reached = version.recorded(connection);
        while (reached < files.newest()) {
            try {
                step(connection, reached);
            } catch (SQLException e) {
                failures++;
                if (failures == ATTEMPTS) {
                    throw e;
                }
                LockSupport.parkNanos(PAUSE.toNanos());
            }
            connection.deadline().check();
            reached = version.recorded(connection);
        }
    }

    private void step(StoreConnection connection, int from) throws SQLException {
        dialect.migrate(connection, new SchemaStep() {
            @Override
            public boolean isFirst() {
                return from == 0;
            }

            @Override
            public boolean isDue(StoreConnection connection) throws SQLException {
                return isFirst() || version.recorded(connection) == from;
            }

            @Override
            public String sql() {
                return files.next(from);
            }
        });
    }
}
