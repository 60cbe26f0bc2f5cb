package dev.lockstep.store.jdbc.postgresql;

import dev.lockstep.TokenDigest;
import dev.lockstep.store.jdbc.connection.SqlErrors;
import dev.lockstep.store.jdbc.connection.StoreConnection;
import dev.lockstep.store.jdbc.dialect.Database;
import dev.lockstep.store.jdbc.dialect.Dialect;
import dev.lockstep.store.jdbc.dialect.Durability;
import dev.lockstep.store.jdbc.dialect.LogChanges;
import dev.lockstep.store.jdbc.dialect.Notifications;
import dev.lockstep.store.jdbc.dialect.RevocationChanges;
import dev.lockstep.store.jdbc.dialect.SchemaStep;
import dev.lockstep.store.jdbc.dialect.SessionChanges;
import dev.lockstep.store.jdbc.dialect.SessionTable;
import dev.lockstep.store.jdbc.dialect.Sharing;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/** PostgreSQL. */
public final class PostgresDialect implements Dialect {

    private static final Product PRODUCT = new Product("PostgreSQL", 13, 0);

    /**
     * A deadlock passes. Where a prepared statement is gone, there already, or another, somebody
     * else had the server's connection in between.
     */
    private static final SqlErrors ERRORS = SqlErrors.STANDARD
            .with(SqlErrors.Meaning.PASSING, "40P01")
            .with(SqlErrors.Meaning.NO_TABLE, "42P01")
            .with(SqlErrors.Meaning.NO_COLUMN, "42703")
            .with(SqlErrors.Meaning.FORBIDDEN, "42501")
            .with(SqlErrors.Meaning.INEXPRESSIBLE, "22P05")
            .with(SqlErrors.Meaning.SWITCHED, "26000", "42P05", "08P01")
            .with(SqlErrors.Meaning.LOCKED, "55P03");

    /**
     * The number is "Lockstep" in ASCII. Others may be at a file for a while. After that, waiting
     * for a table that is in use would make all who use it wait as well.
     */
    private static final String ALONE = """
            SET TRANSACTION READ WRITE;
            SET LOCAL statement_timeout = 0;
            SET LOCAL lock_timeout = '60s';
            SELECT pg_advisory_xact_lock(5507730182447064432);
            SET LOCAL lock_timeout = '5s';
            """;

    private static final String TIMELINE = "left(pg_walfile_name(pg_current_wal_lsn()), 8)";

    /** Whether the epoch was drawn on the timeline on which the server is. */
    static final String IS_OF_TIMELINE = "left(CAST(c.epoch AS text), 8) = lower(" + TIMELINE + ")";

    @Override
    public Product product() {
        return PRODUCT;
    }

    @Override
    public String driver() {
        return "org.postgresql:postgresql";
    }

    @Override
    public Database inspected(DataSource dataSource, Connection connection) throws SQLException {
        PostgresDatabase postgres = new PostgresDatabase(connection);
        postgres.refuseStandby();
        postgres.warnOfLoss();
        return new Database(dataSource, this, Sharing.SHARED, Durability.BY_COMMIT);
    }

    @Override
    public SqlErrors errors() {
        return ERRORS;
    }

    @Override
    public String schemaFolder() {
        return "postgresql";
    }

    /**
     * Each file is a transaction under an advisory lock, and whoever gets the lock looks again
     * whether the file has been run meanwhile. The lock ends with its transaction, hence with its
     * connection: a node that is killed leaves nothing behind.
     */
    @Override
    public void migrate(StoreConnection connection, SchemaStep step) throws SQLException {
        connection.transaction(tx -> {
            tx.execute(ALONE);
            if (step.isDue(tx)) {
                tx.execute(step.sql());
            }
            return true;
        });
    }

    @Override
    public String now() {
        return "CAST(FLOOR(EXTRACT(EPOCH FROM statement_timestamp()) * 1000) AS BIGINT)";
    }

    /**
     * The epoch includes the timeline, which a failover changes; asking for it also fails on a
     * standby, so that no read is ever answered by a replica. A hash, because 64 bits are all that
     * the API has for it.
     *
     * <p>Numbers of timelines are given out again: two standbys of one primary that are promoted
     * both begin the next one, and so does a standby of an old primary that was brought back. So
     * the next node that registers {@linkplain PostgresTransaction#drawing draws} an epoch for the
     * timeline; until then the server's start tells one promoted standby from another. Nothing has
     * to be written for that: a standby that has just been promoted may have to wait for another
     * before it commits anything.
     */
    @Override
    public String epoch() {
        return "hashtextextended(CAST(c.epoch AS text) || " + TIMELINE + " || CASE WHEN " + IS_OF_TIMELINE
                + " THEN '' ELSE CAST(CAST(EXTRACT(EPOCH FROM pg_postmaster_start_time()) * 1000000 AS bigint) AS text)"
                + " END, 0)";
    }

    @Override
    public String freshEpoch() {
        return epochOf("CAST(:fresh AS UUID)");
    }

    /** Begins with the timeline on which it was drawn. */
    static String epochOf(String uuid) {
        return "CAST(lower(" + TIMELINE + ") || right(CAST(" + uuid + " AS text), 28) AS uuid)";
    }

    @Override
    public String durably() {
        return "set_config('synchronous_commit', CASE WHEN current_setting('synchronous_commit') = 'remote_apply'"
                + " THEN 'remote_apply' ELSE 'on' END, true) IS NOT NULL";
    }

    @Override
    public String undurably() {
        return "set_config('synchronous_commit', 'off', true) IS NOT NULL";
    }

    @Override
    public Optional<Notifications> notifications(String application) {
        return Optional.of(new PostgresNotifications(this, application));
    }

    @Override
    public String letters(String text) {
        return text + " COLLATE \"C\"";
    }

    /**
     * A look-up for each, so that the planner is left no other way: a plan for all of them that was
     * made for an empty table would read the whole of it. The array comes by a query of its own, so
     * that its length makes no plan of its own either.
     */
    @Override
    public String sessionsOfTokens() {
        return """
                LEFT JOIN LATERAL (SELECT t.*
                FROM unnest(CAST((SELECT CAST(:digests AS bytea[])) AS bytea[])) AS d (digest)
                CROSS JOIN LATERAL (SELECT * FROM lockstep_session f
                WHERE f.application = :application AND f.digest = d.digest AND f.valid_until > {now}
                LIMIT 1) t) s ON TRUE
                """;
    }

    @Override
    public Object digests(List<TokenDigest> digests) {
        return PostgresArray.of(digests);
    }

    @Override
    public SessionChanges sessionChanges(String application, SessionTable sessions) {
        return new PostgresSessionChanges(this, application, sessions);
    }

    @Override
    public LogChanges logChanges(String application, SessionTable sessions, Duration timeout) {
        return new PostgresLogChanges(this, application, sessions);
    }

    @Override
    public RevocationChanges revocationChanges(String application, Duration timeout) {
        return new PostgresRevocationChanges(this, application);
    }

    @Override
    public void rehearse(StoreConnection connection) throws SQLException {
        new PostgresTexts(this).inexpressible(connection, List.of("nobody"));
    }
}
