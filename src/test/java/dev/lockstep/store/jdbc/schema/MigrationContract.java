package dev.lockstep.store.jdbc.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lockstep.contract.Concurrently;
import dev.lockstep.spi.NodeClock;
import dev.lockstep.store.jdbc.TestDatabase;
import dev.lockstep.store.jdbc.connection.StoreConnection;
import dev.lockstep.store.jdbc.connection.StoreExecutor.Deadline;
import dev.lockstep.store.jdbc.dialect.Dialect;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Files that come after the first. */
abstract class MigrationContract {

    private static final String FOLDER = "dev/lockstep/store/jdbc/migrations";

    private static final SchemaFiles FIRST = new SchemaFiles(FOLDER, List.of("V1__made.sql"));
    private static final SchemaFiles FILES =
            new SchemaFiles(FOLDER, List.of("V1__made.sql", "V2__changed.sql", "V3__filled.sql"));

    private static final int WRITERS = 4;

    /** Rows that are there before: an alteration takes a while. */
    private static final int ENOUGH = 500;

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

    @Test
    void whatIsWrittenMeanwhileStays() throws Exception {
        AtomicBoolean over = new AtomicBoolean();
        Set<String> written = ConcurrentHashMap.newKeySet();
        try (TestDatabase database = empty();
                Concurrently concurrently = new Concurrently()) {
            migrated(database, FIRST);
            List<Future<Integer>> writers = IntStream.range(0, WRITERS)
                    .mapToObj(writer -> concurrently.start(() -> write(database, (char) ('a' + writer), written, over)))
                    .toList();
            await().atMost(1, TimeUnit.MINUTES).until(() -> written.size() > ENOUGH);

            concurrently.run(Collections.nCopies(2, () -> migrated(database)));
            over.set(true);
            for (Future<Integer> writer : writers) {
                writer.get(1, TimeUnit.MINUTES);
            }

            written.removeAll(Set.copyOf(TestDatabase.query(database.dataSource(), "SELECT name FROM thing")));
            assertThat(written).as("rows that are lost").isEmpty();
        }
    }

    /** Notes the rows whose commit has returned; others may be refused meanwhile. */
    private static int write(TestDatabase database, char writer, Set<String> written, AtomicBoolean over)
            throws SQLException {
        int rows = 0;
        try (Connection connection = database.dataSource().getConnection();
                PreparedStatement insert = connection.prepareStatement("INSERT INTO thing (name) VALUES (?)")) {
            while (!over.get()) {
                String name = writer + "-" + rows++;
                insert.setString(1, name);
                if (succeeds(insert)) {
                    written.add(name);
                }
            }
        }
        return rows;
    }

    private static boolean succeeds(PreparedStatement insert) {
        try {
            return insert.executeUpdate() == 1;
        } catch (SQLException e) {
            return false;
        }
    }

    private int migrated(TestDatabase database) throws SQLException {
        return migrated(database, FILES);
    }

    private int migrated(TestDatabase database, SchemaFiles files) throws SQLException {
        try (Connection lent = database.dataSource().getConnection()) {
            StoreConnection connection =
                    new StoreConnection(lent, Deadline.after(NodeClock.SYSTEM, Duration.ofMinutes(1)));
            SchemaVersion version = new SchemaVersion(dialect());
            new Migration(dialect(), files, version).run(connection);
            return version.recorded(connection);
        }
    }
}
