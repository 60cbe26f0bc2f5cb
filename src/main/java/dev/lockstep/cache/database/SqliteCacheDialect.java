package dev.lockstep.cache.database;

import dev.lockstep.cache.file.PrivateFiles;
import dev.lockstep.cache.file.UnsafeFileException;
import dev.lockstep.spi.CopySeal;
import dev.lockstep.spi.NodeClock;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;

/**
 * A file shared by the processes of one machine, in WAL mode: readers never wait for writers; a
 * writer waits for another one's statement, no longer than the time-out.
 *
 * <p>Table {@code lockstep_cache_1}: the key is application and digest; {@code expires} is the wall
 * clock's milliseconds, for sweeping. {@code copy} begins with the four longs by which a reader
 * judges it: the wall clock's milliseconds and the monotonic clock's nanoseconds at the writing,
 * then both at the end. They are not columns, since each value that is bound or read costs as much
 * as judging the row.
 *
 * <p>A row is alive while <b>both</b> clocks read no less than at the writing and less than at the
 * end. On Linux all processes share both clocks; where a process has another monotonic clock (after
 * a reboot, in a time namespace), or the wall clock was moved, rows look dead, and that costs hits.
 * Only if both clocks are wrong at once can a row outlive its time, and its reader judges the copy
 * anyway.
 */
final class SqliteCacheDialect implements CacheDialect {

    private static final byte[] NOTHING = {};

    /** Four times, in front of the copy. */
    private static final int HEADER = 4 * Long.BYTES;

    /** SQLite's result codes for a lock that another connection holds. */
    private static final int BUSY = 5;

    private static final int LOCKED = 6;

    /**
     * Pages in the log, some 40 MB, after which a request has to clear it up itself because upkeep
     * did not get to it.
     */
    private static final int LOG_LIMIT = 10_000;

    private final NodeClock clock;

    SqliteCacheDialect(NodeClock clock) {
        this.clock = clock;
    }

    @Override
    public void setUp(Connection connection, Duration timeout) throws SQLException {
        execute(connection, "PRAGMA busy_timeout = " + Math.max(1, timeout.toMillis()));
        execute(connection, "PRAGMA synchronous = NORMAL");
        execute(connection, "PRAGMA wal_autocheckpoint = " + LOG_LIMIT);
    }

    @Override
    public void prepare(Connection connection) throws SQLException {
        checkFile(connection);
        execute(connection, "PRAGMA journal_mode = WAL");
        execute(connection, """
                CREATE TABLE IF NOT EXISTS lockstep_cache_1 (
                    application TEXT NOT NULL,
                    digest BLOB NOT NULL,
                    copy BLOB NOT NULL,
                    expires INTEGER NOT NULL,
                    PRIMARY KEY (application, digest)
                ) WITHOUT ROWID
                """);
        execute(
                connection,
                "CREATE INDEX IF NOT EXISTS lockstep_cache_1_expires ON lockstep_cache_1 (expires, application)");
    }

    @Override
    public String sql(CacheStatement statement, String application) {
        String ours = "application = " + CacheDialect.literal(application);
        return switch (statement) {
            case GET ->
                "SELECT CASE WHEN length(copy) <= " + (HEADER + CopySeal.MOST_BYTES)
                        + " THEN copy ELSE substr(copy, 1, " + (HEADER + 1) + ") END FROM lockstep_cache_1 WHERE "
                        + ours + " AND digest = ?";
            case PUT -> """
                INSERT INTO lockstep_cache_1 (application, digest, copy, expires) VALUES (%s, ?, ?, ?)
                ON CONFLICT (application, digest) DO UPDATE SET copy = excluded.copy, expires = excluded.expires
                """.formatted(CacheDialect.literal(application));
            case REMOVE -> "DELETE FROM lockstep_cache_1 WHERE " + ours + " AND digest = ?";
            case REMOVE_OLDEST -> remove(ours);
            case REMOVE_EXPIRED -> remove("expires <= ?2");
            case COUNT -> "SELECT count(*) FROM lockstep_cache_1 WHERE " + ours;
        };
    }

    private static String remove(String which) {
        return """
                DELETE FROM lockstep_cache_1 WHERE (application, digest) IN (
                    SELECT application, digest FROM lockstep_cache_1 WHERE %s ORDER BY expires LIMIT ?1)
                """.formatted(which);
    }

    @Override
    public byte[] copy(byte[] found) {
        return found.length > HEADER && isAlive(ByteBuffer.wrap(found))
                ? Arrays.copyOfRange(found, HEADER, found.length)
                : NOTHING;
    }

    @Override
    public void bindCopy(PreparedStatement statement, int from, byte[] copy, Duration timeToLive) throws SQLException {
        long wall = clock.wallMillis();
        long ticks = clock.nanoTime();
        long expires = wall + timeToLive.plusNanos(999_999).toMillis();
        byte[] all = ByteBuffer.allocate(HEADER + copy.length)
                .putLong(wall)
                .putLong(ticks)
                .putLong(expires)
                .putLong(ticks + timeToLive.toNanos())
                .put(copy)
                .array();
        statement.setBytes(from, all);
        statement.setLong(from + 1, expires);
    }

    private boolean isAlive(ByteBuffer row) {
        long wall = clock.wallMillis();
        long ticks = clock.nanoTime();
        return row.getLong() <= wall && row.getLong() <= ticks && wall < row.getLong() && ticks < row.getLong();
    }

    @Override
    public void bindSweep(PreparedStatement statement, int from) throws SQLException {
        statement.setLong(from, clock.wallMillis());
    }

    @Override
    public boolean survives(SQLException e) {
        int code = e.getErrorCode() & 0xff;
        return code == BUSY || code == LOCKED;
    }

    /**
     * Moves the log into the file, where that hinders nobody; otherwise requests would have to wait
     * for the disk.
     */
    @Override
    public void maintain(Connection connection) throws SQLException {
        execute(connection, "PRAGMA wal_checkpoint(PASSIVE)");
    }

    private static void checkFile(Connection connection) throws SQLException {
        try {
            PrivateFiles.check(file(connection));
        } catch (UnsafeFileException e) {
            throw new UnsafeDatabaseException(e);
        } catch (IOException e) {
            throw new SQLException("The file can't be checked: " + e, e);
        }
    }

    private static Path file(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("PRAGMA database_list")) {
            while (rows.next()) {
                String file = rows.getString("file");
                if ("main".equals(rows.getString("name")) && file != null && !file.isEmpty()) {
                    return Path.of(file);
                }
            }
        }
        throw new SQLException("SQLite keeps this database in memory, where no other process sees it; give it a file");
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
