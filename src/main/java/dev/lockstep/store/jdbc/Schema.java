package dev.lockstep.store.jdbc;

import com.fasterxml.jackson.databind.type.TypeFactory;
import dev.lockstep.LockstepException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;

/** The store's tables: makes them, or checks that they are there. Used by one thread. */
final class Schema {

    /** Flyway's own table, apart from that of an application which uses Flyway too. */
    static final String HISTORY = "lockstep_schema_history";

    /** Within which another node that is at it should be done. */
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private static final Duration PAUSE = Duration.ofMillis(200);

    /**
     * Held while H2's tables are made: Flyway keeps nodes apart there by locking the rows of its table, which has none at
     * first, so that two could each write that they did it.
     */
    private static final Lock OF_H2 = new ReentrantLock();

    private static final Map<String, Set<String>> TABLES = new TreeMap<>(Map.of(
            "lockstep_session",
                    Set.of(
                            "application",
                            "id",
                            "digest",
                            "principal",
                            "groups",
                            "attributes",
                            "created_at",
                            "last_seen_at",
                            "expires_at",
                            "idle_timeout",
                            "valid_until"),
            "lockstep_log_clock", Set.of("application", "epoch", "position", "floor"),
            "lockstep_revocation",
                    Set.of("application", "position", "digest", "session_id", "principal", "cause", "revoked_at"),
            "lockstep_node", Set.of("application", "id", "name", "lease_millis", "applied", "applied_epoch", "fenced"),
            "lockstep_housekeeping", Set.of("application")));

    private final DataSource dataSource;
    private final Dialect dialect;
    private final SchemaFiles files;

    Schema(DataSource dataSource, Dialect dialect) {
        this.dataSource = dataSource;
        this.dialect = dialect;
        this.files = new SchemaFiles(dialect);
    }

    /**
     * Creates or updates the tables. Whatever else lies in the schema is left alone. The files may be run again, so that
     * one that was cut short on a database whose DDL knows no transactions (H2) is simply repeated.
     *
     * <p>Of nodes that start at the same time on an empty database, Flyway lets some fail: between its look for the history
     * table and its own making of it another node has made it. So a failure is final only where there is no such table,
     * or where it stays for a while.
     */
    void migrate() throws SQLException {
        if (dialect.equals(Dialect.H2)) {
            OF_H2.lock();
            try {
                makeTables();
            } finally {
                OF_H2.unlock();
            }
        } else {
            makeTables();
        }
        validate();
    }

    private void makeTables() throws SQLException {
        try {
            FlywayException failure = attempt();
            long end = System.nanoTime() + PATIENCE.toNanos();
            while (failure != null && isBegun() && System.nanoTime() - end < 0) {
                LockSupport.parkNanos(PAUSE.toNanos());
                failure = attempt();
            }
            if (failure != null) {
                throw new LockstepException(
                        "LOCKSTEP-0113 The tables of the store can't be made: see the cause; or run " + files.all()
                                + " yourself and set lockstep.store.schema=validate",
                        failure);
            }
        } finally {
            forgetTypes();
        }
    }

    private @Nullable FlywayException attempt() {
        try {
            Flyway flyway = flyway();
            if (Arrays.stream(flyway.info().all())
                    .anyMatch(file -> file.getState().isFailed())) {
                flyway.repair();
            }
            flyway.migrate();
            return null;
        } catch (FlywayException e) {
            return e;
        }
    }

    private boolean isBegun() throws SQLException {
        try (Connection connection = dataSource.getConnection();
                ResultSet tables = connection.getMetaData().getTables(null, null, HISTORY, null)) {
            return tables.next();
        }
    }

    /**
     * Flyway reads its settings by Jackson, which on some servers is the server's own (Payara). It remembers the types that
     * it has read, Flyway's, and with them the class loader of the application.
     */
    private static void forgetTypes() {
        TypeFactory.defaultInstance().clearCache();
    }

    private Flyway flyway() {
        return Flyway.configure(Schema.class.getClassLoader())
                .dataSource(dataSource)
                .loggers(FlywayLog.class.getName())
                .resourceProvider(files)
                .javaMigrationClassProvider(List::of)
                .skipDefaultCallbacks(true)
                .locations("classpath:" + files.directory())
                .failOnMissingLocations(false)
                .table(HISTORY)
                .baselineOnMigrate(true)
                .baselineVersion("0")
                .cleanDisabled(true)
                .placeholderReplacement(false)
                .load();
    }

    /** Fails with the names of what is missing. */
    void validate() throws SQLException {
        List<String> missing = new ArrayList<>();
        try (Connection connection = dataSource.getConnection()) {
            for (Map.Entry<String, Set<String>> table : TABLES.entrySet()) {
                missing.addAll(missing(connection, table.getKey(), table.getValue()));
            }
        }
        if (!missing.isEmpty()) {
            throw new LockstepException(
                    "LOCKSTEP-0114 The database lacks " + String.join(", ", missing) + ": run " + files.all()
                            + " from the jar, or set lockstep.store.schema=migrate",
                    null);
        }
    }

    private static List<String> missing(Connection connection, String table, Set<String> columns) {
        try (PreparedStatement statement = connection.prepareStatement("SELECT * FROM " + table + " WHERE 1 = 0");
                ResultSet none = statement.executeQuery()) {
            Set<String> missing = new TreeSet<>(columns);
            for (int i = 1; i <= none.getMetaData().getColumnCount(); i++) {
                missing.remove(none.getMetaData().getColumnName(i).toLowerCase(Locale.ROOT));
            }
            return missing.stream()
                    .map(column -> "the column " + table + "." + column)
                    .toList();
        } catch (SQLException e) {
            return List.of("the table " + table);
        }
    }
}
