package dev.lockstep.store.jdbc.dialect;

import dev.lockstep.spi.KeyRing;
import dev.lockstep.spi.KeyRingStore.Former;
import dev.lockstep.spi.KeyVersion;
import dev.lockstep.store.jdbc.connection.Sql;
import dev.lockstep.store.jdbc.connection.StoreConnection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads the application's key, and has it made, if need be under the lock of the clock row.
 * Thread-safe.
 */
public final class KeyTable {

    /**
     * What a statement that inserts a version ends with. It inserts none while another version is
     * in force than the one to replace. One that is marked as leaked is in force no more, even if
     * the clock row still names it: whoever marks it by hand does the one after the other.
     */
    public static final String UNLESS_REPLACED = """
            NOT EXISTS (SELECT 1 FROM lockstep_log_clock c
            JOIN lockstep_key k ON k.application = c.application AND k.version = c.key_version
            WHERE c.application = :application AND k.version <> :replaced AND k.leaked = FALSE)
            """;

    private static final String IS_FIRST = """
            EXISTS (SELECT 1 FROM lockstep_log_clock c WHERE c.application = :application AND c.key_version = 0)
            AND NOT EXISTS (SELECT 1 FROM lockstep_key k WHERE k.application = :application)
            AND NOT EXISTS (SELECT 1 FROM lockstep_node n WHERE n.application = :application)
            AND NOT EXISTS (SELECT 1 FROM lockstep_session s WHERE s.application = :application)
            """;

    /** The one in force first, though the store's clock may have been set back since others. */
    private static final String ORDER =
            "ORDER BY CASE WHEN k.version = c.key_version THEN 0 ELSE 1 END, k.created_at DESC, k.version";

    private static final int KEY = ClockReading.WIDTH + 1;

    private final LogChanges changes;
    private final Sql read;

    KeyTable(String application, Dialect dialect, LogChanges changes) {
        this.changes = changes;
        this.read = dialect.sql(dialect.reading(
                        "c.key_version, k.version, k.secret, k.created_at, k.leaked",
                        "LEFT JOIN lockstep_key k ON k.application = c.application",
                        ORDER))
                .with("application", application);
    }

    /**
     * What a statement that inserts a version tells of its age: zero if there was no session before
     * it, so that the tokens of all bear tags; else the store's clock, {@code now}.
     *
     * <p>Nodes of releases without keys issue tokens without tags. Each makes the application's
     * clock row when it starts, if there is none, and names no version in it, not even zero; and
     * none starts with tables that have a key to keep (Schema refuses), unless these are taken back
     * to the version before, or it does not look at them ({@code lockstep.store.schema=none});
     * docs/howto/upgrade.md says what is to be done then. So if a node of this release has made the
     * row when it started, none has been at work before, and none will be.
     *
     * <p>The row may have been deleted, though. A node at work that makes it again names no version
     * in it either. If one that starts does, former versions, nodes or sessions tell, as no node
     * registers before the key has been read. A former version would have
     * one of age zero deleted by the next replacement. Sessions come last, as of other applications
     * there may be many, which some databases read to find none. Where the first reading fails, a
     * node may be registered by the time the key is made, and then it is not told to be so old:
     * that costs look-ups, and refuses nobody.
     */
    public static String madeAt(String now) {
        return "CASE WHEN " + IS_FIRST + " THEN 0 ELSE " + now + " END";
    }

    /** All versions; empty where none is in force. */
    public Optional<KeyRing> read(StoreConnection connection) throws SQLException {
        List<Row> rows = connection.query(read, Row::map);
        Row first = ClockReading.require(rows.isEmpty() ? null : rows.get(0));
        return first.isInForce()
                ? Optional.of(new KeyRing(
                        rows.stream().map(Row::version).filter(Objects::nonNull).toList()))
                : Optional.empty();
    }

    /** Puts a new version in force, unless another is than the one to replace. */
    public KeyRing replace(StoreConnection connection, long number, Duration keep, Former former) throws SQLException {
        NewKey fresh = NewKey.random(number, keep, former);
        try {
            changes.makeKey(connection, fresh);
        } finally {
            fresh.destroy();
        }
        return read(connection).orElseThrow(() -> new SQLException("the key that was made is gone"));
    }

    private record Row(
            ClockReading clock, long inForce, @Nullable KeyVersion version) {

        static Row map(ResultSet row) throws SQLException {
            byte[] secret = row.getBytes(KEY + 2);
            return new Row(ClockReading.map(row), row.getLong(KEY), secret == null ? null : keyVersion(row, secret));
        }

        private static KeyVersion keyVersion(ResultSet row, byte[] secret) throws SQLException {
            try {
                Instant createdAt = Instant.ofEpochMilli(row.getLong(KEY + 3));
                return new KeyVersion(row.getLong(KEY + 1), secret, createdAt, row.getBoolean(KEY + 4));
            } finally {
                Arrays.fill(secret, (byte) 0);
            }
        }

        boolean isInForce() {
            return version != null && version.number() == inForce && !version.isLeaked();
        }
    }
}
