package dev.lockstep.store.jdbc.h2;

import dev.lockstep.Session;
import dev.lockstep.TokenDigest;
import dev.lockstep.spi.LogPosition;
import dev.lockstep.spi.Revocation;
import dev.lockstep.spi.Revocation.Cause;
import dev.lockstep.spi.RevocationLog.Committed;
import dev.lockstep.spi.RevocationLog.NodeRow;
import dev.lockstep.spi.RevocationLog.Registration;
import dev.lockstep.spi.Revoked;
import dev.lockstep.spi.Rotated;
import dev.lockstep.store.jdbc.connection.Sql;
import dev.lockstep.store.jdbc.connection.StoreConnection;
import dev.lockstep.store.jdbc.dialect.ClockReading;
import dev.lockstep.store.jdbc.dialect.KeyTable;
import dev.lockstep.store.jdbc.dialect.LogChanges;
import dev.lockstep.store.jdbc.dialect.LogEntry;
import dev.lockstep.store.jdbc.dialect.NewKey;
import dev.lockstep.store.jdbc.dialect.NodeTable;
import dev.lockstep.store.jdbc.dialect.SessionTable;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Changes the log in H2, step by step: in a database that runs in this JVM a statement costs no
 * round trip.
 */
final class H2LogChanges implements LogChanges {

    private static final String ROTATE = """
            SELECT {now}, {session} FROM FINAL TABLE (
            UPDATE lockstep_session SET digest = :next, last_seen_at = {now},
            valid_until = LEAST(expires_at, {now} + idle_timeout)
            WHERE application = :application AND digest = :current AND valid_until > {now}) s
            """;

    private static final String ID_OF_OLD_TOKEN = """
            SELECT {now}, session_id FROM lockstep_revocation
            WHERE application = :application AND digest = :digest AND cause <> 'TOKEN_GONE'
            """;

    private static final String REGISTER = """
            INSERT INTO lockstep_node (application, id, name, lease_millis, applied, applied_epoch, fenced,
            version, registered_at)
            VALUES (:application, :id, :name, :lease, :applied, :epoch, FALSE, :version, {now})
            """;

    private static final String OTHERS = """
            SELECT {now}, {node} FROM lockstep_node n
            WHERE n.application = :application AND n.id <> :id ORDER BY n.id
            """;

    private static final String TRIM =
            "DELETE FROM lockstep_revocation WHERE application = :application AND position <= :floor";

    private static final String RAISE = "UPDATE lockstep_log_clock SET floor = :floor WHERE application = :application";

    private static final String INSERT_KEY = """
            INSERT INTO lockstep_key (application, version, secret, created_at, leaked)
            SELECT CAST(:application AS VARCHAR(255)), CAST(:number AS BIGINT), CAST(:secret AS BINARY(32)),
            """ + KeyTable.madeAt("{now}") + """
            , FALSE WHERE
            """ + KeyTable.UNLESS_REPLACED;

    private static final String PUT_IN_FORCE =
            "UPDATE lockstep_log_clock SET key_version = :number WHERE application = :application";

    private static final String MARK_KEYS =
            "UPDATE lockstep_key SET leaked = TRUE WHERE application = :application AND version <> :number";

    private static final String DELETE_KEYS = """
            DELETE FROM lockstep_key WHERE application = :application AND version <> :number
            AND created_at < (SELECT MAX(n.created_at) FROM lockstep_key n
            WHERE n.application = :application AND n.created_at <= {now} - CAST(:keep AS BIGINT))
            """;

    private final SessionTable sessions;
    private final NodeTable nodes;
    private final H2Log log;
    private final Sql rotate;
    private final Sql idOfOldToken;
    private final Sql register;
    private final Sql others;
    private final Sql trim;
    private final Sql raise;
    private final Sql insertKey;
    private final Sql putInForce;
    private final Sql markKeys;
    private final Sql deleteKeys;

    H2LogChanges(H2Dialect dialect, String application, SessionTable sessions, Duration timeout) {
        this.sessions = sessions;
        this.nodes = new NodeTable(application, dialect);
        this.log = new H2Log(dialect, application, timeout);
        this.rotate = dialect.sql(ROTATE).with("application", application);
        this.idOfOldToken = dialect.sql(ID_OF_OLD_TOKEN).with("application", application);
        this.register = dialect.sql(REGISTER).with("application", application);
        this.others = dialect.sql(OTHERS).with("application", application);
        this.trim = dialect.sql(TRIM).with("application", application);
        this.raise = dialect.sql(RAISE).with("application", application);
        this.insertKey = dialect.sql(INSERT_KEY).with("application", application);
        this.putInForce = dialect.sql(PUT_IN_FORCE).with("application", application);
        this.markKeys = dialect.sql(MARK_KEYS).with("application", application);
        this.deleteKeys = dialect.sql(DELETE_KEYS).with("application", application);
    }

    @Override
    public Committed<Revoked> announce(StoreConnection connection, List<LogEntry> entries) throws SQLException {
        Revoked announced = connection.transaction(tx -> {
            ClockReading before = log.lock(tx);
            List<LogEntry> known = new ArrayList<>();
            for (LogEntry entry : entries) {
                known.add(ofKnownSession(tx, entry));
            }
            return LogChanges.announced(before.epoch(), log.append(tx, before, known));
        });
        return new Committed<>(announced, nodes.all(connection));
    }

    /**
     * Of a token that was rotated away the log knows the session; then the row is the session's.
     */
    private LogEntry ofKnownSession(StoreConnection tx, LogEntry entry) throws SQLException {
        if (entry.cause() != Cause.TOKEN_GONE) {
            return entry;
        }
        String id = tx.first(idOfOldToken.with("digest", entry.digest().toBytes()), row -> row.getString(2));
        return id == null ? entry : new LogEntry(entry.digest(), id, entry.principal(), Cause.SESSION_GONE);
    }

    @Override
    public Optional<Committed<Rotated>> rotate(StoreConnection connection, TokenDigest current, TokenDigest next)
            throws SQLException {
        Sql rotation = rotate.with("current", current.toBytes()).with("next", next.toBytes());
        Optional<Rotated> rotated = connection.transaction(tx -> {
            ClockReading before = log.lock(tx);
            Session session = tx.first(rotation, row -> sessions.map(row, 1));
            if (session == null) {
                return Optional.empty();
            }
            LogEntry old = new LogEntry(current, session.id(), session.principal(), Cause.ROTATED);
            Revocation logged = log.append(tx, before, List.of(old)).get(0);
            return Optional.of(LogChanges.rotated(next, session, before.epoch(), logged));
        });
        return rotated.isEmpty()
                ? Optional.empty()
                : Optional.of(new Committed<>(rotated.get(), nodes.all(connection)));
    }

    @Override
    public Registration register(StoreConnection connection, String nodeId, String name, Duration lease)
            throws SQLException {
        return connection.transaction(tx -> {
            LogPosition head = log.lock(tx).head();
            tx.update(register.with("id", nodeId)
                    .with("name", name)
                    .with("lease", lease.toMillis())
                    .with("applied", head.position())
                    .with("epoch", head.epoch())
                    .with("version", NodeTable.version()));
            List<NodeRow> rest = tx.query(others.with("id", nodeId), row -> NodeTable.map(row, 1));
            return new Registration(head, rest);
        });
    }

    @Override
    public void makeKey(StoreConnection connection, NewKey key) throws SQLException {
        connection.transaction(tx -> {
            log.lock(tx);
            int made = tx.update(insertKey
                    .with("number", key.number())
                    .with("secret", key.secret())
                    .with("replaced", key.replaced()));
            if (made > 0) {
                tx.update(putInForce.with("number", key.number()));
                if (key.isAfterLeak()) {
                    tx.update(markKeys.with("number", key.number()));
                }
                tx.update(deleteKeys.with("number", key.number()).with("keep", key.keepMillis()));
            }
            return made;
        });
    }

    @Override
    public void removeTorn(StoreConnection connection) throws SQLException {
        connection.transaction(tx -> {
            ClockReading clock = log.lock(tx);
            log.removeTorn(tx, clock);
            return clock;
        });
    }

    @Override
    public boolean trim(StoreConnection connection, LogPosition upTo, int limit) throws SQLException {
        return connection.transaction(tx -> {
            ClockReading before = log.lock(tx);
            long place = Math.min(upTo.position(), before.position());
            long raised = Math.min(place, before.floor() + limit);
            if (before.epoch() != upTo.epoch() || raised <= before.floor()) {
                return false;
            }
            tx.update(trim.with("floor", raised));
            tx.update(raise.with("floor", raised));
            return raised < place;
        });
    }
}
