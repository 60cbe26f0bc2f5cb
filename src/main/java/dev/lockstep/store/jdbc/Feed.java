package dev.lockstep.store.jdbc;

import dev.lockstep.LogPosition;
import dev.lockstep.Revocation;
import dev.lockstep.spi.RevocationLog.LogPage;
import dev.lockstep.spi.RevocationLog.NodeRow;
import dev.lockstep.spi.RevocationLog.NodeRows;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads the log and the node rows, and writes node rows, by one statement each. Thread-safe. */
final class Feed {

    /** What a query selects of the node {@code n}. */
    static final String NODE_COLUMNS = "n.id, n.name, n.lease_millis, n.applied, n.applied_epoch, n.fenced";

    private static final String POLL = "SELECT " + Clock.COLUMNS + ", c.floor, " + NODE_COLUMNS + ", "
            + LogRows.COLUMNS
            + " FROM lockstep_log_clock c"
            + " LEFT JOIN lockstep_node n ON n.application = c.application AND n.id = ?"
            + " LEFT JOIN (SELECT {now} AS read_at, lockstep_revocation.* FROM lockstep_revocation WHERE application = ? AND position > ?"
            + " ORDER BY position LIMIT ?) r ON TRUE"
            + " WHERE c.application = ? ORDER BY r.position";

    private static final String HEAD = "SELECT " + Clock.COLUMNS + " FROM lockstep_log_clock c WHERE c.application = ?";

    /**
     * Parameter: the application. It names the epoch, and that a standby can't tell: so no replica, which may not know
     * yet of a node that has just registered, ever answers.
     */
    static final String NODES = nodes("");

    /** Parameters: the epoch and the position of the place; the application. */
    private static final String NODES_BEHIND = nodes(" AND (n.applied_epoch <> ? OR n.applied < ?)");

    private static final String ACKNOWLEDGE = "UPDATE lockstep_node SET applied = ?, applied_epoch = ?"
            + " WHERE application = ? AND id = ? AND (applied_epoch <> ? OR applied < ?)";

    private static final String FENCE = "UPDATE lockstep_node SET fenced = TRUE"
            + " WHERE application = ? AND id = ? AND fenced = FALSE AND {durably}";

    private static final String REMOVE = "DELETE FROM lockstep_node WHERE application = ? AND id = ?";

    private static final String START_EPOCH =
            "UPDATE lockstep_log_clock c SET epoch = ? WHERE c.application = ? AND {epoch} = ? AND {durably}";

    private static final int FLOOR = Clock.WIDTH + 1;
    private static final int NODE = FLOOR;
    private static final int LOG = NODE + 6;

    private final String application;
    private final String poll;
    private final String head;
    private final String nodes;
    private final String nodesBehind;
    private final String fence;
    private final String startEpoch;

    Feed(String application, Dialect dialect) {
        this.application = application;
        this.poll = dialect.sql(POLL);
        this.head = dialect.sql(HEAD);
        this.nodes = dialect.sql(NODES);
        this.nodesBehind = dialect.sql(NODES_BEHIND);
        this.fence = dialect.sql(FENCE);
        this.startEpoch = dialect.sql(START_EPOCH);
    }

    LogPage poll(Link link, String nodeId, LogPosition after, int limit) throws SQLException {
        List<PollRow> read =
                link.query(poll, Feed::pollRow, nodeId, application, after.position(), (long) limit, application);
        if (read.isEmpty()) {
            throw new MissingClockException();
        }
        PollRow first = read.get(0);
        boolean sameEpoch = first.clock().head().epoch() == after.epoch();
        return new LogPage(
                first.self(),
                first.clock().head(),
                first.floor(),
                first.clock().now(),
                sameEpoch ? revocations(read) : List.of());
    }

    Clock head(Link link) throws SQLException {
        return MissingClockException.require(link.first(head, Clock::map, application));
    }

    NodeRows nodes(Link link) throws SQLException {
        return nodeRows(link.query(nodes, NodeOfClock::map, application));
    }

    NodeRows nodesBehind(Link link, LogPosition place) throws SQLException {
        return nodeRows(link.query(nodesBehind, NodeOfClock::map, place.epoch(), place.position(), application));
    }

    /** What {@link #NODES} has read. */
    static NodeRows nodeRows(ResultSet read) throws SQLException {
        return nodeRows(Link.all(read, NodeOfClock::map));
    }

    private static NodeRows nodeRows(List<NodeOfClock> read) throws MissingClockException {
        if (read.isEmpty()) {
            throw new MissingClockException();
        }
        List<NodeRow> rows =
                read.stream().map(NodeOfClock::node).filter(Objects::nonNull).toList();
        return new NodeRows(read.get(0).clock().head(), rows);
    }

    int acknowledge(Link link, String nodeId, LogPosition applied) throws SQLException {
        long position = applied.position();
        long epoch = applied.epoch();
        return link.update(ACKNOWLEDGE, position, epoch, application, nodeId, epoch, position);
    }

    int fence(Link link, Collection<String> nodeIds) throws SQLException {
        return forEach(link, fence, nodeIds);
    }

    int remove(Link link, Collection<String> nodeIds) throws SQLException {
        return forEach(link, REMOVE, nodeIds);
    }

    int startEpoch(Link link, LogPosition seen) throws SQLException {
        return link.update(startEpoch, UUID.randomUUID(), application, seen.epoch());
    }

    /** The node whose columns follow the first {@code before} ones. */
    static NodeRow node(ResultSet row, int before) throws SQLException {
        return new NodeRow(
                row.getString(before + 1),
                row.getString(before + 2),
                Duration.ofMillis(row.getLong(before + 3)),
                new LogPosition(row.getLong(before + 5), row.getLong(before + 4)),
                row.getBoolean(before + 6));
    }

    /** Each row is a statement of its own: nothing here needs them to change together. */
    private int forEach(Link link, String sql, Collection<String> nodeIds) throws SQLException {
        int changed = 0;
        for (String nodeId : nodeIds) {
            changed += link.update(sql, application, nodeId);
        }
        return changed;
    }

    private static List<Revocation> revocations(List<PollRow> read) {
        List<Revocation> revocations = new ArrayList<>(read.size());
        for (PollRow row : read) {
            if (row.revocation() != null) {
                revocations.add(row.revocation());
            }
        }
        return revocations;
    }

    private static PollRow pollRow(ResultSet row) throws SQLException {
        return new PollRow(
                Clock.map(row),
                row.getLong(FLOOR),
                row.getString(NODE + 1) == null ? null : node(row, NODE),
                row.getString(LOG + 3) == null ? null : LogRows.map(row, LOG));
    }

    private static String nodes(String condition) {
        return "SELECT " + Clock.COLUMNS + ", " + NODE_COLUMNS + " FROM lockstep_log_clock c"
                + " LEFT JOIN lockstep_node n ON n.application = c.application" + condition
                + " WHERE c.application = ? ORDER BY n.id";
    }

    private record NodeOfClock(Clock clock, @Nullable NodeRow node) {
        static NodeOfClock map(ResultSet row) throws SQLException {
            return new NodeOfClock(
                    Clock.map(row), row.getString(Clock.WIDTH + 1) == null ? null : Feed.node(row, Clock.WIDTH));
        }
    }

    private record PollRow(
            Clock clock,
            long floor,
            @Nullable NodeRow self,
            @Nullable Revocation revocation) {}
}
