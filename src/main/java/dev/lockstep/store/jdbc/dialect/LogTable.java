package dev.lockstep.store.jdbc.dialect;

import dev.lockstep.TokenDigest;
import dev.lockstep.spi.LogPosition;
import dev.lockstep.spi.Revocation;
import dev.lockstep.spi.Revocation.Cause;
import dev.lockstep.spi.RevocationLog.LogPage;
import dev.lockstep.spi.RevocationLog.NodeRow;
import dev.lockstep.store.jdbc.connection.Sql;
import dev.lockstep.store.jdbc.connection.StoreConnection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads the log, by one statement. Thread-safe. */
public final class LogTable {

    /** What a query selects of the log row {@code r}. */
    static final String COLUMNS = "r.position, r.digest, r.session_id, r.principal, r.cause, r.revoked_at";

    /** How many columns {@link #map} reads. */
    public static final int WIDTH = 6;

    /**
     * By the order of the rows that are kept, too: without it a database may give any of them. None
     * is beyond the position that is told with them.
     */
    private static final String NEWS = """
            LEFT JOIN lockstep_node n ON n.application = c.application AND n.id = :node
            LEFT JOIN (SELECT {now} AS read_at, lockstep_revocation.* FROM lockstep_revocation
            WHERE application = :application AND position > :after ORDER BY position LIMIT :limit) r ON r.position <= c.position
            """;

    private static final int KEY = ClockReading.WIDTH + 1;
    private static final int NODE = ClockReading.WIDTH + 1;
    private static final int LOG = NODE + NodeTable.WIDTH;

    private final Sql poll;

    public LogTable(String application, Dialect dialect) {
        this.poll = dialect.sql(dialect.reading("c.key_version, {node}, {log}", NEWS, "ORDER BY r.position"))
                .with("application", application);
    }

    /** The log behind a place, a node's own row, and which version of the key is in force. */
    public LogPage poll(StoreConnection connection, String nodeId, LogPosition after, int limit) throws SQLException {
        List<Row> read = connection.query(
                poll.with("node", nodeId).with("after", after.position()).with("limit", (long) limit), Row::map);
        if (read.isEmpty()) {
            throw new MissingClockException();
        }
        Row first = read.get(0);
        ClockReading clock = first.clock();
        boolean sameEpoch = clock.epoch() == after.epoch();
        return new LogPage(
                first.self(),
                clock.head(),
                clock.floor(),
                clock.now(),
                sameEpoch ? revocations(read) : List.of(),
                first.keyVersion());
    }

    /** The revocation whose columns follow the first {@code before} ones. */
    public static Revocation map(ResultSet row, int before) throws SQLException {
        return new Revocation(
                row.getLong(before + 1),
                TokenDigest.of(row.getBytes(before + 2)),
                row.getString(before + 3),
                row.getString(before + 4),
                Cause.valueOf(row.getString(before + 5)),
                Instant.ofEpochMilli(row.getLong(before + 6)));
    }

    private static List<Revocation> revocations(List<Row> read) {
        return read.stream().map(Row::revocation).filter(Objects::nonNull).toList();
    }

    private record Row(
            ClockReading clock,
            long keyVersion,
            @Nullable NodeRow self,
            @Nullable Revocation revocation) {

        static Row map(ResultSet row) throws SQLException {
            return new Row(
                    ClockReading.map(row),
                    row.getLong(KEY),
                    row.getString(NODE + 1) == null ? null : NodeTable.map(row, NODE),
                    row.getString(LOG + 3) == null ? null : LogTable.map(row, LOG));
        }
    }
}
