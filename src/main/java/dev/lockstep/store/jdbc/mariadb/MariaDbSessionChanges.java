package dev.lockstep.store.jdbc.mariadb;

import dev.lockstep.Session;
import dev.lockstep.SessionCopy;
import dev.lockstep.TokenDigest;
import dev.lockstep.spi.NewSession;
import dev.lockstep.store.jdbc.connection.Sql;
import dev.lockstep.store.jdbc.connection.StoreConnection;
import dev.lockstep.store.jdbc.dialect.ClockReading;
import dev.lockstep.store.jdbc.dialect.SessionChanges;
import dev.lockstep.store.jdbc.dialect.SessionTable;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.spi.JsonProvider;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Opens and sweeps sessions in MariaDB, by one compound statement each: one round trip, and nothing
 * left locked between two.
 */
final class MariaDbSessionChanges implements SessionChanges {

    /** The clock row is read by a statement before the one that writes. */
    private static final String OPEN = "BEGIN NOT ATOMIC" + MariaDbTransaction.clock() + """
            INSERT INTO lockstep_session (application, id, digest, principal, groups, attributes,
            created_at, last_seen_at, expires_at, idle_timeout, valid_until)
            SELECT :application, a.id, UNHEX(a.digest), a.principal, a.groups, a.attributes,
            at_now, at_now, at_now + a.absolute, a.idle, at_now + LEAST(a.absolute, a.idle)
            FROM JSON_TABLE(:asked, '$[*]' COLUMNS (id VARCHAR(128) PATH '$[0]', digest CHAR(64) PATH '$[1]',
            principal VARCHAR(255) PATH '$[2]', groups LONGTEXT PATH '$[3]', attributes LONGTEXT PATH '$[4]',
            absolute BIGINT PATH '$[5]', idle BIGINT PATH '$[6]')) a WHERE at_epoch IS NOT NULL;
            SELECT at_now, at_epoch, at_position, at_floor FROM (SELECT 1 AS one) o WHERE at_epoch IS NOT NULL;
            END
            """;

    private static final String TOUCH = "BEGIN NOT ATOMIC DECLARE at_used LONGTEXT;"
            + MariaDbTransaction.UNDO
            + MariaDbTransaction.START
            + """
            SET STATEMENT group_concat_max_len = 1048576, innodb_lock_wait_timeout = 1 FOR
            SELECT JSON_ARRAYAGG(HEX(e.digest)) INTO at_used FROM (
            SELECT s.digest FROM lockstep_session s FORCE INDEX (lockstep_session_digest)
            WHERE s.digest IN (:digests) AND s.application = :application AND s.valid_until > {now}
            AND s.last_seen_at <= {now} - :ago - :within FOR UPDATE SKIP LOCKED) e;
            """
            + MariaDbTransaction.BRIEFLY
            + """
            UPDATE JSON_TABLE(at_used, '$[*]' COLUMNS (digest CHAR(64) PATH '$')) e
            STRAIGHT_JOIN lockstep_session s FORCE INDEX (lockstep_session_digest)
            ON s.digest = UNHEX(e.digest) AND s.application = :application
            SET s.last_seen_at = {now} - :ago, s.valid_until = LEAST(s.expires_at, {now} - :ago + s.idle_timeout);
            """
            + MariaDbTransaction.COMMIT + "SELECT COALESCE(JSON_LENGTH(at_used), 0); END";

    /**
     * What is locked is remembered by its digest, which no collation can mistake. SKIP LOCKED waits
     * for nobody, but fails at the commit where nobody may wait at all.
     */
    private static final String DELETE_EXPIRED = "BEGIN NOT ATOMIC "
            + "DECLARE at_expired LONGTEXT; DECLARE at_sweeper INTEGER;"
            + MariaDbTransaction.UNDO
            + MariaDbTransaction.START
            + MariaDbTransaction.BRIEFLY
            + """
            SELECT 1 INTO at_sweeper FROM lockstep_housekeeping
            WHERE application = :application FOR UPDATE SKIP LOCKED;
            SET STATEMENT group_concat_max_len = 1048576, innodb_lock_wait_timeout = 1 FOR
            SELECT JSON_ARRAYAGG(HEX(e.digest)) INTO at_expired FROM (
            SELECT s.digest FROM lockstep_session s FORCE INDEX (lockstep_session_valid_until)
            WHERE s.application = :application AND s.valid_until <= LEAST({now}, :before) AND at_sweeper = 1
            ORDER BY s.valid_until LIMIT :limit FOR UPDATE SKIP LOCKED) e;
            SELECT {session} FROM JSON_TABLE(at_expired, '$[*]' COLUMNS (digest CHAR(64) PATH '$')) e
            STRAIGHT_JOIN lockstep_session s FORCE INDEX (lockstep_session_digest)
            ON s.digest = UNHEX(e.digest) AND s.application = :application;
            """
            + MariaDbTransaction.BRIEFLY
            + """
            DELETE s FROM JSON_TABLE(at_expired, '$[*]' COLUMNS (digest CHAR(64) PATH '$')) e
            STRAIGHT_JOIN lockstep_session s FORCE INDEX (lockstep_session_digest)
            ON s.digest = UNHEX(e.digest) AND s.application = :application;
            """
            + MariaDbTransaction.COMMIT + "END";

    private final JsonProvider json = JsonProvider.provider();
    private final SessionTable sessions;
    private final Sql open;
    private final MariaDbDialect dialect;
    private final Sql touch;
    private final Sql deleteExpired;

    MariaDbSessionChanges(MariaDbDialect dialect, String application, SessionTable sessions) {
        this.sessions = sessions;
        this.open = dialect.sql(OPEN).with("application", application);
        this.dialect = dialect;
        this.touch = dialect.sql(TOUCH).with("application", application);
        this.deleteExpired = dialect.sql(DELETE_EXPIRED).with("application", application);
    }

    @Override
    public List<SessionCopy> open(StoreConnection connection, List<NewSession> asked) throws SQLException {
        Sql opening = open.with("asked", inOnePiece(asked));
        return ClockReading.require(connection.first(opening, ClockReading::map))
                .opened(asked);
    }

    private String inOnePiece(List<NewSession> asked) {
        JsonArrayBuilder rows = json.createArrayBuilder();
        for (NewSession session : asked) {
            JsonArrayBuilder row = json.createArrayBuilder()
                    .add(session.id())
                    .add(session.digest().toHex())
                    .add(session.principal());
            add(row, sessions.json(session.groups()));
            add(row, sessions.json(session.attributes()));
            rows.add(row.add(session.absoluteTimeout().toMillis())
                    .add(session.idleTimeout().toMillis()));
        }
        return rows.build().toString();
    }

    private static void add(JsonArrayBuilder row, @Nullable String text) {
        if (text == null) {
            row.addNull();
        } else {
            row.add(text);
        }
    }

    @Override
    public int touch(StoreConnection connection, List<TokenDigest> digests, Duration ago, Duration unlessWithin)
            throws SQLException {
        Sql touching = touch.with("digests", dialect.digests(digests))
                .with("ago", ago.toMillis())
                .with("within", unlessWithin.toMillis());
        return connection.wholeTransaction(
                touching,
                results -> StoreConnection.all(results.get(0), row -> row.getInt(1))
                        .get(0));
    }

    @Override
    public List<Session> deleteExpired(StoreConnection connection, Instant before, int limit) throws SQLException {
        Sql deletion = deleteExpired.with("before", before.toEpochMilli()).with("limit", (long) limit);
        return connection.wholeTransaction(
                deletion, results -> StoreConnection.all(results.get(0), row -> sessions.map(row, 0)));
    }
}
