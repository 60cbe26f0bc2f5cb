package dev.lockstep.store.jdbc.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.contract.Concurrently;
import dev.lockstep.spi.NodeClock;
import dev.lockstep.store.jdbc.TestDatabase;
import dev.lockstep.store.jdbc.connection.StoreConnection;
import dev.lockstep.store.jdbc.connection.StoreExecutor.Deadline;
import dev.lockstep.store.jdbc.dialect.Dialect;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Files that come after the first, of which there are none yet. */
abstract class MigrationContract {

    private static final SchemaFiles FILES = new SchemaFiles(
            "dev/lockstep/store/jdbc/migrations", List.of("V1__made.sql", "V2__changed.sql", "V3__filled.sql"));

    abstract TestDatabase empty();

    abstract Dialect dialect();

    @Test
    void eachIsRunOnceByWhicheverNodeComesFirst() throws Exception {
        try (TestDatabase database = empty();
                Concurrently concurrently = new Concurrently()) {
            concurrently.run(Collections.nCopies(6, () -> migrated(database)));

            assertThat(TestDatabase.query(
                            database.dataSource(), "SELECT version FROM lockstep_schema ORDER BY version"))
                    .containsExactly("1", "2", "3");
            assertThat(TestDatabase.query(database.dataSource(), "SELECT worth FROM thing"))
                    .containsExactly("42");
        }
    }

    private int migrated(TestDatabase database) throws SQLException {
        try (Connection lent = database.dataSource().getConnection()) {
            StoreConnection connection =
                    new StoreConnection(lent, Deadline.after(NodeClock.SYSTEM, Duration.ofMinutes(1)));
            SchemaVersion version = new SchemaVersion(dialect());
            new Migration(dialect(), FILES, version).run(connection);
            return version.recorded(connection);
        }
    }
}
