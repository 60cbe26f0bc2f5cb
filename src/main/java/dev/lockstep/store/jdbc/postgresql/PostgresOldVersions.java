package dev.lockstep.store.jdbc.postgresql;

import dev.lockstep.concurrent.OnceAMinute;
import dev.lockstep.store.jdbc.connection.Sql;
import dev.lockstep.store.jdbc.connection.StoreConnection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Notices that PostgreSQL can't clear away the old versions of the clock row. Each logout makes
 * one, and as a rule they go at once. While somebody's transaction may still see them they stay,
 * and each find walks through all of them. Thread-safe.
 */
final class PostgresOldVersions {

    /** About where finds become slower. */
    static final int WORTH_A_WARNING = 5_000;

    private static final System.Logger LOG = System.getLogger(PostgresOldVersions.class.getName());

    /**
     * Other users' connections show no more than their number unless one may read all statistics.
     */
    private static final Sql OLD_VERSIONS = Sql.of("""
            SELECT s.n_dead_tup,
            (SELECT concat('the connection of pid ', a.pid, ' (', a.application_name, ' ', a.state, ')')
            FROM pg_stat_activity a
            WHERE a.pid <> pg_backend_pid() AND COALESCE(a.backend_xmin, a.backend_xid) IS NOT NULL
            ORDER BY GREATEST(age(a.backend_xmin), age(a.backend_xid)) DESC LIMIT 1),
            (SELECT concat('the prepared transaction ', p.gid) FROM pg_prepared_xacts p ORDER BY p.prepared LIMIT 1),
            (SELECT concat('the replication slot ', r.slot_name) FROM pg_replication_slots r
            WHERE r.xmin IS NOT NULL ORDER BY age(r.xmin) DESC LIMIT 1)
            FROM pg_stat_user_tables s WHERE s.relid = to_regclass('lockstep_log_clock')
            """);

    private final OnceAMinute due = new OnceAMinute();

    /** Looks at most once a minute. */
    void warn(StoreConnection connection) throws SQLException {
        if (due.isDue()) {
            look(connection).forEach(warning -> LOG.log(System.Logger.Level.WARNING, warning));
        }
    }

    /** One warning, or none. */
    List<String> look(StoreConnection connection) throws SQLException {
        return connection.query(OLD_VERSIONS, PostgresOldVersions::warning).stream()
                .flatMap(List::stream)
                .toList();
    }

    private static List<String> warning(ResultSet row) throws SQLException {
        long old = row.getLong(1);
        if (old < WORTH_A_WARNING) {
            return List.of();
        }
        String holders = String.join(
                ", ",
                Stream.of(row.getString(2), row.getString(3), row.getString(4))
                        .filter(Objects::nonNull)
                        .toList());
        return List.of(
                "LOCKSTEP-0129 PostgreSQL can't clear away " + old + " old versions of a row of lockstep_log_clock,"
                        + " through which every find walks: a transaction that began long ago may still see them. The oldest: "
                        + (holders.isEmpty() ? "unknown" : holders) + ". End it, and let autovacuum run");
    }
}
