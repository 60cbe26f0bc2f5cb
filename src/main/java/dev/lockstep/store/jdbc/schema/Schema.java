package dev.lockstep.store.jdbc.schema;

import dev.lockstep.LockstepException;
import dev.lockstep.store.jdbc.connection.SqlErrors;
import dev.lockstep.store.jdbc.connection.StoreConnection;
import dev.lockstep.store.jdbc.dialect.Dialect;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The store's tables: makes them, or checks that they are there. Thread-safe. */
public final class Schema {

    private static final Map<String, Set<String>> TABLES = Map.of(
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
            "lockstep_log_clock", Set.of("application", "epoch", "position", "floor", "key_version"),
            "lockstep_key", Set.of("application", "version", "secret", "created_at", "leaked"),
            "lockstep_revocation",
                    Set.of("application", "position", "digest", "session_id", "principal", "cause", "revoked_at"),
            "lockstep_node",
                    Set.of(
                            "application",
                            "id",
                            "name",
                            "lease_millis",
                            "applied",
                            "applied_epoch",
                            "fenced",
                            "version",
                            "registered_at"),
            "lockstep_housekeeping", Set.of("application"));

    private final SchemaFiles files;
    private final SchemaVersion version;
    private final Migration migration;
    private final SqlErrors errors;
    private final Map<String, Set<String>> tables;

    public Schema(Dialect dialect) {
        this.errors = dialect.errors();
        this.tables = new TreeMap<>(TABLES);
        tables.putAll(dialect.moreTables());
        this.files = new SchemaFiles(dialect);
        this.version = new SchemaVersion(dialect);
        this.migration = new Migration(dialect, files, version);
    }

    /**
     * Creates the tables or brings them up to date. Whatever else lies in the schema is left alone.
     */
    public void migrate(StoreConnection connection) throws SQLException {
        refuseNewer(version.recorded(connection));
        try {
            migration.run(connection);
        } catch (SQLException e) {
            throw new LockstepException(
                    "LOCKSTEP-0113 The tables of the store can't be made: see the cause. Let the database user create"
                            + " tables and indexes in its schema, or run " + String.join(", ", files.after(0))
                            + " from the jar as a user who may, grant this one SELECT, INSERT, UPDATE and DELETE on them, and set"
                            + " lockstep.store.schema=validate",
                    e);
        }
        validate(connection);
    }

    /** Fails with the names of what is missing, and of the files that bring it. */
    public void validate(StoreConnection connection) throws SQLException {
        int recorded = version.recorded(connection);
        refuseNewer(recorded);
        List<String> missing = missing(connection);
        boolean untold = recorded == 0 && missing.isEmpty();
        int reached = untold ? files.newest() : recorded;
        if (!missing.isEmpty() || reached < files.newest()) {
            throw incomplete(reached, missing);
        }
    }

    private LockstepException incomplete(int reached, List<String> missing) {
        List<String> next = files.after(reached);
        String lacking =
                missing.isEmpty() ? "version " + files.newest() + " of the tables" : String.join(", ", missing);
        return new LockstepException(
                "LOCKSTEP-0114 The database lacks " + lacking + ". Run "
                        + String.join(", ", next.isEmpty() ? files.after(0) : next)
                        + " from the jar, or set lockstep.store.schema=migrate. Either leaves a table alone that is there"
                        + " already: one that lost a column, or is not Lockstep's, must be dropped or renamed first",
                null);
    }

    private void refuseNewer(int recorded) {
        if (recorded > files.newest()) {
            throw new LockstepException(
                    "LOCKSTEP-0117 The tables of the store have version " + recorded
                            + ", and this Lockstep knows up to "
                            + files.newest()
                            + ": a newer one has migrated them, and there is no way back. Deploy"
                            + " the newer one here as well, or give this application tables of its own",
                    null);
        }
    }

    private List<String> missing(StoreConnection connection) throws SQLException {
        List<String> missing = new ArrayList<>();
        for (Map.Entry<String, Set<String>> table : tables.entrySet()) {
            missing.addAll(missing(connection, table.getKey(), table.getValue()));
        }
        return missing;
    }

    private List<String> missing(StoreConnection connection, String table, Set<String> columns) throws SQLException {
        try (PreparedStatement statement =
                        connection.jdbc().prepareStatement("SELECT * FROM " + table + " WHERE 1 = 0");
                ResultSet none = statement.executeQuery()) {
            Set<String> missing = new TreeSet<>(columns);
            for (int i = 1; i <= none.getMetaData().getColumnCount(); i++) {
                missing.remove(none.getMetaData().getColumnName(i).toLowerCase(Locale.ROOT));
            }
            return missing.stream()
                    .map(column -> "the column " + table + "." + column)
                    .toList();
        } catch (SQLException e) {
            if (errors.means(SqlErrors.Meaning.NO_TABLE, e)) {
                return List.of("the table " + table);
            }
            throw e;
        }
    }
}
