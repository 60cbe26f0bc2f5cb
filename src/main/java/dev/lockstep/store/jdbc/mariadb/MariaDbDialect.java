package dev.lockstep.store.jdbc.mariadb;

import dev.lockstep.store.jdbc.connection.Sql;
import dev.lockstep.store.jdbc.connection.SqlErrors;
import dev.lockstep.store.jdbc.connection.SqlErrors.Meaning;
import dev.lockstep.store.jdbc.connection.StoreConnection;
import dev.lockstep.store.jdbc.dialect.Database;
import dev.lockstep.store.jdbc.dialect.Dialect;
import dev.lockstep.store.jdbc.dialect.Durability;
import dev.lockstep.store.jdbc.dialect.LogChanges;
import dev.lockstep.store.jdbc.dialect.RevocationChanges;
import dev.lockstep.store.jdbc.dialect.SchemaStep;
import dev.lockstep.store.jdbc.dialect.SessionChanges;
import dev.lockstep.store.jdbc.dialect.SessionTable;
import dev.lockstep.store.jdbc.dialect.Sharing;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * MariaDB, with InnoDB tables.
 *
 * <p>Two things that one would take for granted do not hold in InnoDB.
 *
 * <p><b>What is visible need not be complete.</b> No documentation says so; it was seen, and the
 * source of {@code trx_sys_t::snapshot_ids} explains it. A snapshot is taken by walking through the
 * transactions that are under way. One that waits for a row is among them already. So it can happen
 * that the walk passes by transaction 1 while that is under way, that transaction 1 commits, that
 * transaction 2, which waited for it, goes on and commits too, and that the walk does not meet
 * transaction 2 any more: the snapshot has transaction 2 without transaction 1, though 2 has read
 * what 1 wrote. With the clock row that is position P without the log row of P - 1. Locks don't
 * help; the reader does: it reads {@linkplain #reading the clock row first, and everything else by
 * a later statement}. What it has seen of the clock row was committed by then, so everything that
 * was committed under the lock before has been as well, and the later statement's snapshot begins
 * with a walk that meets none of it.
 *
 * <p><b>What is visible need not be on disk.</b> A commit is visible first and then written, also
 * where its client waits for that (MariaDB's documentation, "InnoDB System Variables",
 * innodb_flush_log_at_trx_commit). A server that dies in between takes back what others have seen,
 * and would give out the same position twice. So a restart of the server begins an epoch:
 * {@code lockstep_server_start} is a table whose rows end with the server ("MEMORY Storage
 * Engine"), and what it holds is part of the {@linkplain #epoch epoch}.
 */
public final class MariaDbDialect implements Dialect {

    /**
     * The oldest that is maintained. It has all that is used here: UUID, SKIP LOCKED, JSON_TABLE.
     */
    private static final Product PRODUCT = new Product("MariaDB", 10, 11);

    /**
     * A record that has changed since the snapshot passes, as a deadlock does. Where the server
     * only reads, {@link #epoch} is out of range.
     */
    private static final SqlErrors ERRORS = SqlErrors.STANDARD
            .withCodes(Meaning.PASSING, 1020, 1213)
            .withCodes(Meaning.LOST, 1927)
            .withCodes(Meaning.FORBIDDEN, 1044, 1142, 1143, 1227)
            .withCodes(Meaning.READ_ONLY, 1290, 1690, 1792, 1836)
            .withCodes(Meaning.LOCKED, 1205);

    private static final Sql START = Sql.of("INSERT IGNORE INTO lockstep_server_start (id, token) VALUES (1, :token)");

    @Override
    public Product product() {
        return PRODUCT;
    }

    @Override
    public String driver() {
        return "org.mariadb.jdbc:mariadb-java-client";
    }

    @Override
    public Database inspected(DataSource dataSource, Connection connection) throws SQLException {
        MariaDbSettings.of(connection).check();
        return new Database(dataSource, this, Sharing.SHARED, Durability.BY_COMMIT);
    }

    @Override
    public SqlErrors errors() {
        return ERRORS;
    }

    @Override
    public String schemaFolder() {
        return "mariadb";
    }

    @Override
    public Map<String, Set<String>> moreTables() {
        return Map.of("lockstep_server_start", Set.of("id", "token"));
    }

    @Override
    public void migrate(StoreConnection connection, SchemaStep step) throws SQLException {
        MariaDbMigration.run(connection, step);
    }

    /**
     * Not NOW(): local time is ambiguous for an hour each year. The time at which a statement
     * began; each statement of a compound one has its own.
     */
    @Override
    public String now() {
        return "TIMESTAMPDIFF(MICROSECOND, '1970-01-01', UTC_TIMESTAMP(6)) DIV 1000";
    }

    /**
     * The epoch includes what a restart of the server changes, and which server it is: a replica
     * that takes over is another. Where the server only reads, as a replica must be set to do, this
     * is out of range, and an error: so no read is ever answered by a replica. Null where no node
     * has made the row that a restart removes. 60 bits, so that they are a BIGINT whatever they
     * are.
     */
    @Override
    public String epoch() {
        return "CAST(CONV(LEFT(SHA2(CONCAT(c.epoch, '/', (SELECT b.token FROM lockstep_server_start b), '/',"
                + " @@global.server_id, '/', @@hostname, '/', @@port), 256), 15), 16, 10) AS SIGNED)"
                + " + (9223372036854775807 + (@@global.read_only NOT IN ('0', 'OFF'))) * 0";
    }

    @Override
    public void ensureEpoch(StoreConnection connection) throws SQLException {
        connection.update(START.with("token", UUID.randomUUID().toString()));
    }

    /** What makes commits durable is a setting of the whole server, and so is only looked at. */
    @Override
    public String durably() {
        return "TRUE";
    }

    @Override
    public String letters(String text) {
        return "BINARY " + text;
    }

    @Override
    public SessionChanges sessionChanges(String application, SessionTable sessions) {
        return new MariaDbSessionChanges(this, application, sessions);
    }

    @Override
    public LogChanges logChanges(String application, SessionTable sessions, Duration timeout) {
        return new MariaDbLogChanges(this, application, sessions);
    }

    @Override
    public RevocationChanges revocationChanges(String application, Duration timeout) {
        return new MariaDbRevocationChanges(this, application);
    }

    @Override
    public void rehearse(StoreConnection connection) throws SQLException {
        MariaDbTables.check(connection);
    }

    /**
     * Two statements, each with a snapshot of its own, in one round trip. The second one may see
     * more of the log than the position tells of, and perhaps not all of that: it is left out. It
     * may see less, if rows have been trimmed: so the floor is the one that it sees.
     */
    @Override
    public String reading(String columns, String joins, String order) {
        return "BEGIN NOT ATOMIC" + MariaDbTransaction.clock()
                + "SELECT at_now, at_epoch, at_position, LEAST(c.floor, at_position), " + columns
                + " FROM lockstep_log_clock c " + joins.replace("c.position", "at_position")
                + " WHERE c.application = :application AND at_epoch IS NOT NULL " + order + "; END";
    }
}
