package dev.lockstep.store.jdbc.mariadb;

import dev.lockstep.TokenDigest;
import dev.lockstep.spi.LogPosition;
import dev.lockstep.spi.Revocation;
import dev.lockstep.spi.RevocationLog.Committed;
import dev.lockstep.spi.RevocationLog.NodeRows;
import dev.lockstep.spi.RevocationLog.Registration;
import dev.lockstep.spi.Revoked;
import dev.lockstep.spi.Rotated;
import dev.lockstep.store.jdbc.connection.StoreConnection;
import dev.lockstep.store.jdbc.dialect.ClockReading;
import dev.lockstep.store.jdbc.dialect.KeyTable;
import dev.lockstep.store.jdbc.dialect.LogChanges;
import dev.lockstep.store.jdbc.dialect.LogEntry;
import dev.lockstep.store.jdbc.dialect.LogTable;
import dev.lockstep.store.jdbc.dialect.MissingClockException;
import dev.lockstep.store.jdbc.dialect.NewKey;
import dev.lockstep.store.jdbc.dialect.NodeTable;
import dev.lockstep.store.jdbc.dialect.SessionTable;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.spi.JsonProvider;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Changes the log in MariaDB, by one round trip each. */
final class MariaDbLogChanges implements LogChanges {

    private static final String ROTATE = MariaDbTransaction.BRIEFLY + """
            UPDATE lockstep_session
            SET digest = :next, last_seen_at = at_now, valid_until = LEAST(expires_at, at_now + idle_timeout)
            WHERE digest = :current AND application = :application AND valid_until > at_now
            AND at_epoch IS NOT NULL;
            SET at_rows = ROW_COUNT();
            INSERT INTO lockstep_revocation
            (application, position, digest, session_id, principal, cause, revoked_at)
            SELECT :application, at_position + 1, :current, s.id, s.principal, 'ROTATED', at_now
            FROM lockstep_session s FORCE INDEX (lockstep_session_digest)
            WHERE s.digest = :next AND s.application = :application AND at_rows = 1;
            SET at_last = at_position + at_rows;
            SELECT at_now, at_epoch, at_position, at_floor, {session}, {log} FROM (SELECT 1 AS one) o
            LEFT JOIN (lockstep_session s STRAIGHT_JOIN lockstep_revocation r)
            ON s.digest = :next AND s.application = :application
            AND r.application = :application AND r.position = at_last AND at_rows = 1
            WHERE at_epoch IS NOT NULL;
            """;

    /**
     * Of a token that was rotated away the log knows the session; then the row is the session's.
     */
    private static final String ANNOUNCE = """
            INSERT INTO lockstep_revocation
            (application, position, digest, session_id, principal, cause, revoked_at)
            SELECT :application, at_position + k.number, UNHEX(k.digest),
            COALESCE(k.known COLLATE utf8mb4_nopad_bin, k.id), k.principal,
            IF(k.known IS NULL, k.cause, 'SESSION_GONE'), at_now FROM (
            SELECT a.*, (SELECT r.session_id FROM lockstep_revocation r FORCE INDEX (lockstep_revocation_digest)
            WHERE a.cause = 'TOKEN_GONE' AND r.digest = UNHEX(a.digest) AND r.application = :application
            AND r.cause <> 'TOKEN_GONE' LIMIT 1) AS known
            FROM JSON_TABLE(:entries, '$[*]' COLUMNS (number FOR ORDINALITY, digest CHAR(64) PATH '$[0]',
            id VARCHAR(128) PATH '$[1]', principal VARCHAR(255) PATH '$[2]', cause VARCHAR(16) PATH '$[3]')) a) k
            WHERE at_epoch IS NOT NULL;
            SET at_last = at_position + ROW_COUNT();
            SELECT at_now, at_epoch, at_position, at_floor FROM (SELECT 1 AS one) o WHERE at_epoch IS NOT NULL;
            SELECT {log} FROM lockstep_revocation r FORCE INDEX (PRIMARY)
            WHERE r.application = :application AND r.position > at_position ORDER BY r.position;
            """;

    private static final String REGISTER = """
            INSERT INTO lockstep_node (application, id, name, lease_millis, applied, applied_epoch, fenced,
            version, registered_at)
            SELECT :application, :id, :name, :lease, at_position, at_epoch, FALSE, :version, at_now
            FROM (SELECT 1 AS one) o WHERE at_epoch IS NOT NULL;
            SELECT at_now, at_epoch, at_position, at_floor, {node} FROM (SELECT 1 AS one) o
            LEFT JOIN lockstep_node n ON n.application = :application AND n.id <> :id
            WHERE at_epoch IS NOT NULL ORDER BY n.id;
            """;

    private static final String TRIM = """
            SET at_place = IF(at_epoch = :epoch, LEAST(:place, at_position, at_floor + :most), at_floor);
            DELETE r FROM lockstep_revocation r FORCE INDEX (PRIMARY)
            WHERE r.application = :application AND r.position <= at_place AND at_place > at_floor;
            UPDATE lockstep_log_clock SET floor = at_place
            WHERE application = :application AND at_place > at_floor;
            SELECT at_now, at_epoch, at_position, at_floor, at_place >= at_floor + :most
            FROM (SELECT 1 AS one) o WHERE at_epoch IS NOT NULL;
            """;

    private static final String MAKE_KEY = """
            INSERT INTO lockstep_key (application, version, secret, created_at, leaked)
            SELECT :application, :number, :secret,
            """ + KeyTable.madeAt("at_now") + """
            , FALSE FROM (SELECT 1 AS one) o
            WHERE at_epoch IS NOT NULL AND
            """ + KeyTable.UNLESS_REPLACED + """
            ;
            SET at_rows = ROW_COUNT();
            UPDATE lockstep_log_clock SET key_version = :number WHERE application = :application AND at_rows = 1;
            UPDATE lockstep_key SET leaked = TRUE
            WHERE application = :application AND version <> :number AND :leak = 1 AND at_rows = 1;
            SET at_place = (SELECT MAX(n.created_at) FROM lockstep_key n
            WHERE n.application = :application AND n.created_at <= at_now - :keep);
            DELETE FROM lockstep_key WHERE application = :application AND version <> :number
            AND created_at < at_place AND at_rows = 1;
            SELECT at_now, at_epoch, at_position, at_floor FROM (SELECT 1 AS one) o WHERE at_epoch IS NOT NULL;
            """;

    private static final int SESSION = ClockReading.WIDTH;
    private static final int LOG_OF_ROTATION = SESSION + SessionTable.WIDTH;

    private final JsonProvider json = JsonProvider.provider();
    private final SessionTable sessions;
    private final MariaDbTransaction rotate;
    private final MariaDbTransaction announce;
    private final MariaDbTransaction register;
    private final MariaDbTransaction trim;
    private final MariaDbTransaction makeKey;

    MariaDbLogChanges(MariaDbDialect dialect, String application, SessionTable sessions) {
        this.sessions = sessions;
        this.rotate = MariaDbTransaction.thenNodes(dialect, application, ROTATE, "");
        this.announce = MariaDbTransaction.thenNodes(dialect, application, ANNOUNCE, "");
        this.register = MariaDbTransaction.of(dialect, application, REGISTER);
        this.trim = MariaDbTransaction.of(dialect, application, TRIM);
        this.makeKey = MariaDbTransaction.of(dialect, application, MAKE_KEY);
    }

    @Override
    public Committed<Revoked> announce(StoreConnection connection, List<LogEntry> entries) throws SQLException {
        return announce.with("entries", inOnePiece(entries)).run(connection, results -> {
            ClockReading before = only(results.get(0));
            List<Revocation> announced = StoreConnection.all(results.get(1), row -> LogTable.map(row, 0));
            return new Committed<>(LogChanges.announced(before.epoch(), announced), MariaDbTransaction.nodes(results));
        });
    }

    private String inOnePiece(List<LogEntry> entries) {
        JsonArrayBuilder rows = json.createArrayBuilder();
        for (LogEntry entry : entries) {
            rows.add(json.createArrayBuilder()
                    .add(entry.digest().toHex())
                    .add(entry.sessionId())
                    .add(entry.principal())
                    .add(entry.cause().name()));
        }
        return rows.build().toString();
    }

    @Override
    public Optional<Committed<Rotated>> rotate(StoreConnection connection, TokenDigest current, TokenDigest next)
            throws SQLException {
        MariaDbTransaction rotation = rotate.with("current", current.toBytes()).with("next", next.toBytes());
        return rotation.run(connection, results -> {
            Optional<Rotated> rotated = rotated(results.get(0), next);
            NodeRows nodes = MariaDbTransaction.nodes(results);
            return rotated.map(it -> new Committed<>(it, nodes));
        });
    }

    @Override
    public Registration register(StoreConnection connection, String nodeId, String name, Duration lease)
            throws SQLException {
        MariaDbTransaction registration = register.with("id", nodeId)
                .with("name", name)
                .with("lease", lease.toMillis())
                .with("version", NodeTable.version());
        return registration.run(connection, results -> {
            NodeRows read = NodeTable.rows(results.get(0));
            return new Registration(read.head(), read.rows());
        });
    }

    @Override
    public boolean trim(StoreConnection connection, LogPosition upTo, int limit) throws SQLException {
        MariaDbTransaction trimming =
                trim.with("place", upTo.position()).with("epoch", upTo.epoch()).with("most", (long) limit);
        return trimming.run(connection, results -> {
            ResultSet row = results.get(0);
            only(row);
            return row.getBoolean(ClockReading.WIDTH + 1);
        });
    }

    @Override
    public void makeKey(StoreConnection connection, NewKey key) throws SQLException {
        makeKey.with("number", key.number())
                .with("secret", key.secret())
                .with("replaced", key.replaced())
                .with("leak", key.isAfterLeak() ? 1 : 0)
                .with("keep", key.keepMillis())
                .run(connection, results -> only(results.get(0)));
    }

    /** There is a row if there is a clock row. */
    private static ClockReading only(ResultSet rows) throws SQLException {
        if (!rows.next()) {
            throw new MissingClockException();
        }
        return ClockReading.map(rows);
    }

    private Optional<Rotated> rotated(ResultSet row, TokenDigest next) throws SQLException {
        long epoch = only(row).epoch();
        if (row.getString(SESSION + 1) == null) {
            return Optional.empty();
        }
        Revocation old = LogTable.map(row, LOG_OF_ROTATION);
        return Optional.of(LogChanges.rotated(next, sessions.map(row, SESSION), epoch, old));
    }
}
