package dev.lockstep.store.jdbc.dialect;

import dev.lockstep.spi.LockstepVersion;
import dev.lockstep.spi.LogPosition;
import dev.lockstep.spi.RevocationLog.NodeRow;
import dev.lockstep.spi.RevocationLog.NodeRows;
import dev.lockstep.store.jdbc.connection.Sql;
import dev.lockstep.store.jdbc.connection.StoreConnection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads and writes the rows of nodes, by one statement each. Thread-safe. */
public final class NodeTable {

    /** What a query selects of the node {@code n}. */
    static final String COLUMNS =
            "n.id, n.name, n.lease_millis, n.applied, n.applied_epoch, n.fenced," + " n.version, n.registered_at";

    /** How many columns {@link #map} reads. */
    static final int WIDTH = 8;

    /** What the column of the version holds. */
    private static final int LONGEST_VERSION = 255;

    private static final String ALL = "LEFT JOIN lockstep_node n ON n.application = c.application";

    private static final String AMONG = "LEFT JOIN lockstep_node n ON n.application = c.application AND n.id IN (:ids)";

    private static final String ACKNOWLEDGE = """
            UPDATE lockstep_node SET applied = :position, applied_epoch = :epoch
            WHERE application = :application AND id = :id AND (applied_epoch <> :epoch OR applied < :position)
            AND {undurably}
            """;

    private static final String FENCE = """
            UPDATE lockstep_node SET fenced = TRUE
            WHERE application = :application AND id = :id AND fenced = FALSE AND {durably}
            """;

    private static final String REMOVE = "DELETE FROM lockstep_node WHERE application = :application AND id = :id";

    private final Sql all;
    private final Sql among;
    private final Sql acknowledge;
    private final Sql fence;
    private final Sql remove;

    public NodeTable(String application, Dialect dialect) {
        this.all = dialect.sql(queryOfAll(dialect)).with("application", application);
        this.among = dialect.sql(reading(dialect, AMONG)).with("application", application);
        this.acknowledge = dialect.sql(ACKNOWLEDGE).with("application", application);
        this.fence = dialect.sql(FENCE).with("application", application);
        this.remove = dialect.sql(REMOVE).with("application", application);
    }

    /**
     * The template of a query of all rows. It names the epoch, and that a standby can't tell: so no
     * replica, which may not know yet of a node that has just registered, ever answers.
     */
    public static String queryOfAll(Dialect dialect) {
        return reading(dialect, ALL);
    }

    private static String reading(Dialect dialect, String join) {
        return dialect.reading("{node}", join, "ORDER BY n.id");
    }

    public NodeRows all(StoreConnection connection) throws SQLException {
        return rows(connection.query(all, Row::map));
    }

    public NodeRows among(StoreConnection connection, Collection<String> nodeIds) throws SQLException {
        return rows(connection.query(among.with("ids", nodeIds), Row::map));
    }

    /** What {@linkplain #queryOfAll a query of all rows} has read. */
    public static NodeRows rows(ResultSet read) throws SQLException {
        return rows(StoreConnection.all(read, Row::map));
    }

    private static NodeRows rows(List<Row> read) throws MissingClockException {
        if (read.isEmpty()) {
            throw new MissingClockException();
        }
        List<NodeRow> rows =
                read.stream().map(Row::node).filter(Objects::nonNull).toList();
        return new NodeRows(read.get(0).clock().head(), rows);
    }

    public int acknowledge(StoreConnection connection, String nodeId, LogPosition applied) throws SQLException {
        return connection.update(
                acknowledge.with("id", nodeId).with("epoch", applied.epoch()).with("position", applied.position()));
    }

    public int fence(StoreConnection connection, Collection<String> nodeIds) throws SQLException {
        return forEach(connection, fence, nodeIds);
    }

    public int remove(StoreConnection connection, Collection<String> nodeIds) throws SQLException {
        return forEach(connection, remove, nodeIds);
    }

    /** Each row is a statement of its own: nothing here needs them to change together. */
    private static int forEach(StoreConnection connection, Sql change, Collection<String> nodeIds) throws SQLException {
        int changed = 0;
        for (String nodeId : nodeIds) {
            changed += connection.update(change.with("id", nodeId));
        }
        return changed;
    }

    /** The node whose columns follow the first {@code before} ones. */
    public static NodeRow map(ResultSet row, int before) throws SQLException {
        return new NodeRow(
                row.getString(before + 1),
                row.getString(before + 2),
                Duration.ofMillis(row.getLong(before + 3)),
                new LogPosition(row.getLong(before + 5), row.getLong(before + 4)),
                row.getBoolean(before + 6),
                row.getString(before + 7),
                instant(row, before + 8));
    }

    private static @Nullable Instant instant(ResultSet row, int column) throws SQLException {
        long millis = row.getLong(column);
        return row.wasNull() ? null : Instant.ofEpochMilli(millis);
    }

    /** What a node's row says of the Lockstep that it runs; null where that is not known. */
    public static @Nullable String version() {
        String version = LockstepVersion.current();
        return version == null || !StorableText.fits(version, LONGEST_VERSION) ? null : version;
    }

    private record Row(ClockReading clock, @Nullable NodeRow node) {

        static Row map(ResultSet row) throws SQLException {
            ClockReading clock = ClockReading.map(row);
            int before = ClockReading.WIDTH;
            return new Row(clock, row.getString(before + 1) == null ? null : NodeTable.map(row, before));
        }
    }
}
