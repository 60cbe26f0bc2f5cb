package dev.lockstep.cache.database;

import dev.lockstep.spi.CopySeal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;

/**
 * A table shared by all nodes that reach the server; UNLOGGED, so that it costs no write-ahead log
 * and is empty after the server crashed.
 *
 * <p>Table {@code lockstep_cache_1}, in the schema that the connection's search path names first:
 * the key is application and digest. A row is alive from {@code written} until before
 * {@code expires}, both given by the server's clock when a statement begins: one clock for all
 * nodes, whatever theirs say. It is a wall clock. Set forward, it ends rows early; set back, it
 * hides those written since; one that was written before that and is read after lives longer by as
 * much, and its reader judges the copy anyway.
 */
final class PostgresCacheDialect implements CacheDialect {

    /** Any number that nobody else locks: the first letters of "lockstep". */
    private static final long CREATION_LOCK = 0x6c6f636b73746570L;

    private static final String CANCELED = "57014";
    private static final String LOCK_NOT_AVAILABLE = "55P03";

    @Override
    public void setUp(Connection connection, Duration timeout) throws SQLException {
        int millis = (int) Math.max(2, timeout.toMillis());
        connection.setNetworkTimeout(Runnable::run, millis);
        try (var statement = connection.createStatement()) {
            statement.execute("SET statement_timeout = " + statementMillis(millis) + "; SET synchronous_commit = off");
        }
    }

    /** The server gives up first, and has time to say so: a connection that times out is lost. */
    private static int statementMillis(int networkMillis) {
        return networkMillis - Math.max(1, networkMillis / 4);
    }

    @Override
    public void tearDown(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("RESET statement_timeout; RESET synchronous_commit");
        }
        connection.setNetworkTimeout(Runnable::run, 0);
    }

    /**
     * {@code IF NOT EXISTS} alone fails when two try at once; the lock ends with the transaction.
     */
    @Override
    public void prepare(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("""
                    DO $$ BEGIN
                        IF to_regclass('lockstep_cache_1') IS NULL THEN
                            PERFORM pg_advisory_xact_lock(%s);
                            CREATE UNLOGGED TABLE IF NOT EXISTS lockstep_cache_1 (
                                application text NOT NULL,
                                digest bytea NOT NULL,
                                copy bytea NOT NULL,
                                written timestamptz NOT NULL,
                                expires timestamptz NOT NULL,
                                PRIMARY KEY (application, digest)
                            );
                            CREATE INDEX IF NOT EXISTS lockstep_cache_1_expires
                                ON lockstep_cache_1 (expires, application);
                        END IF;
                    END $$
                    """.formatted(Long.toString(CREATION_LOCK)));
        }
    }

    @Override
    public String sql(CacheStatement statement, String application) {
        String ours = "application = " + CacheDialect.literal(application);
        return switch (statement) {
            case GET ->
                "SELECT CASE WHEN octet_length(copy) <= " + CopySeal.MOST_BYTES
                        + " THEN copy ELSE substring(copy FROM 1 FOR 1) END FROM lockstep_cache_1 WHERE " + ours
                        + " AND digest = ? AND written <= now() AND expires > now()";
            case PUT -> """
                INSERT INTO lockstep_cache_1 (application, digest, copy, written, expires)
                VALUES (%s, ?, ?, now(), now() + ? * interval '1 microsecond')
                ON CONFLICT (application, digest) DO UPDATE SET copy = excluded.copy, written = excluded.written,
                expires = excluded.expires
                """.formatted(CacheDialect.literal(application));
            case REMOVE -> "DELETE FROM lockstep_cache_1 WHERE " + ours + " AND digest = ?";
            case REMOVE_OLDEST -> remove(ours);
            case REMOVE_EXPIRED -> remove("expires <= now()");
            case COUNT -> "SELECT count(*) FROM lockstep_cache_1 WHERE " + ours;
        };
    }

    /** Rows that aren't alive aren't found. */
    @Override
    public byte[] copy(byte[] found) {
        return found;
    }

    @Override
    public void bindCopy(PreparedStatement statement, int from, byte[] copy, Duration timeToLive) throws SQLException {
        statement.setBytes(from, copy);
        statement.setDouble(from + 1, timeToLive.toNanos() / 1e3);
    }

    @Override
    public void bindSweep(PreparedStatement statement, int from) {}

    @Override
    public boolean survives(SQLException e) {
        return CANCELED.equals(e.getSQLState()) || LOCK_NOT_AVAILABLE.equals(e.getSQLState());
    }

    /**
     * In an order that all share, leaving alone what others hold: two sweepers can't deadlock, nor
     * a sweeper and a put.
     */
    private static String remove(String which) {
        return """
                WITH dead AS MATERIALIZED (
                    SELECT application, digest FROM lockstep_cache_1 WHERE %s
                    ORDER BY expires LIMIT ? FOR UPDATE SKIP LOCKED)
                DELETE FROM lockstep_cache_1 c USING dead
                WHERE c.application = dead.application AND c.digest = dead.digest
                """.formatted(which);
    }
}
