package dev.lockstep.store.jdbc;

import dev.lockstep.LogPosition;
import dev.lockstep.Revocation;
import dev.lockstep.Revocation.Cause;
import dev.lockstep.RevocationTarget;
import dev.lockstep.RevocationTarget.OfId;
import dev.lockstep.RevocationTarget.OfPrincipal;
import dev.lockstep.RevocationTarget.OfToken;
import dev.lockstep.RevocationTarget.OthersOf;
import dev.lockstep.Revoked;
import dev.lockstep.Rotated;
import dev.lockstep.Session;
import dev.lockstep.SessionCopy;
import dev.lockstep.TokenDigest;
import dev.lockstep.spi.RevocationLog.Committed;
import dev.lockstep.spi.RevocationLog.NodeRow;
import dev.lockstep.spi.RevocationLog.Registration;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Changes the log in H2, step by step: in a database that runs in this JVM a statement costs no round trip.
 *
 * <p>H2 at READ COMMITTED gives each statement what was committed before it began, so the statements that follow the one
 * that locks the clock row see all of the transaction that held the lock before. The wait for that lock ends with the
 * caller's, whatever the connection's LOCK_TIMEOUT.
 */
final class H2LogChanges implements LogChanges {

    private static final String CLOCK =
            "SELECT " + Clock.COLUMNS + ", c.floor FROM lockstep_log_clock c WHERE c.application = ? FOR UPDATE WAIT ";

    private static final String ID_OF_TOKEN = Dialect.H2.sql(
            "SELECT {now}, id FROM lockstep_session WHERE application = ? AND digest = ?"
                    + " UNION ALL SELECT {now}, session_id FROM lockstep_revocation WHERE application = ? AND digest = ?");

    private static final String END = "SELECT {now}, s.digest, s.id, s.principal FROM OLD TABLE"
            + " (DELETE FROM lockstep_session WHERE application = ? AND %s) s";
    private static final String LOGGED =
            "SELECT {now}, " + LogRows.COLUMNS + " FROM lockstep_revocation r WHERE r.application = ? AND %s";

    private static final String END_BY_ID = Dialect.H2.sql(END.formatted("id = ?"));
    private static final String END_BY_PRINCIPAL = Dialect.H2.sql(END.formatted("principal = ?"));
    private static final String END_OTHERS = Dialect.H2.sql(END.formatted("principal = ? AND id <> ?"));

    private static final String LOGGED_BY_ID = Dialect.H2.sql(LOGGED.formatted("r.session_id = ?"));
    private static final String LOGGED_BY_PRINCIPAL = Dialect.H2.sql(LOGGED.formatted("r.principal = ?"));
    private static final String LOGGED_OF_OTHERS =
            Dialect.H2.sql(LOGGED.formatted("r.principal = ? AND r.session_id <> ?"));

    private static final String LOG = "INSERT INTO lockstep_revocation"
            + " (application, position, digest, session_id, principal, cause, revoked_at) VALUES (?, ?, ?, ?, ?, ?, ?)";

    private static final String ADVANCE = "UPDATE lockstep_log_clock SET position = ? WHERE application = ?";

    private static final String ROTATE = Dialect.H2.sql("SELECT {now}, " + SessionRows.COLUMNS + " FROM FINAL TABLE"
            + " (UPDATE lockstep_session SET digest = ?, last_seen_at = {now},"
            + " valid_until = LEAST(expires_at, {now} + idle_timeout)"
            + " WHERE application = ? AND digest = ? AND valid_until > {now}) s");

    private static final String REGISTER = "INSERT INTO lockstep_node"
            + " (application, id, name, lease_millis, applied, applied_epoch, fenced) VALUES (?, ?, ?, ?, ?, ?, FALSE)";

    private static final String OTHERS = Dialect.H2.sql("SELECT {now}, " + Feed.NODE_COLUMNS
            + " FROM lockstep_node n WHERE n.application = ? AND n.id <> ? ORDER BY n.id");

    private static final String TRIM = "DELETE FROM lockstep_revocation WHERE application = ? AND position <= ?";

    private static final String RAISE = "UPDATE lockstep_log_clock SET floor = ? WHERE application = ?";

    private final String application;
    private final SessionRows rows;
    private final Feed feed;
    private final String lock;

    H2LogChanges(String application, JsonText json, Feed feed, Duration timeout) {
        this.application = application;
        this.rows = new SessionRows(json);
        this.feed = feed;
        this.lock = Dialect.H2.sql(CLOCK) + BigDecimal.valueOf(timeout.toMillis(), 3);
    }

    @Override
    public Committed<List<Revoked>> revoke(Link link, List<RevocationTarget> targets) throws SQLException {
        List<@Nullable RevocationTarget> named = new ArrayList<>();
        long epoch = link.transaction(tx -> {
            Locked before = lock(tx);
            for (RevocationTarget target : targets) {
                named.add(byId(tx, target));
            }
            List<LogEntry> ended = new ArrayList<>();
            for (RevocationTarget target : named) {
                ended.addAll(end(tx, target));
            }
            log(tx, before, ended);
            return before.head().epoch();
        });
        List<Revoked> outcomes = new ArrayList<>();
        for (RevocationTarget target : named) {
            outcomes.add(Outcomes.of(epoch, logged(link, target)));
        }
        return new Committed<>(outcomes, feed.nodes(link));
    }

    @Override
    public Committed<Revoked> announce(Link link, List<LogEntry> entries) throws SQLException {
        Revoked announced = link.transaction(tx -> {
            Locked before = lock(tx);
            return Outcomes.of(before.head().epoch(), log(tx, before, entries));
        });
        return new Committed<>(announced, feed.nodes(link));
    }

    @Override
    public Optional<Committed<Rotated>> rotate(Link link, TokenDigest current, TokenDigest next) throws SQLException {
        Optional<Rotated> rotated = link.transaction(tx -> {
            Locked before = lock(tx);
            Session session = tx.first(ROTATE, row -> rows.map(row, 1), next.toBytes(), application, current.toBytes());
            if (session == null) {
                return Optional.empty();
            }
            LogEntry old = new LogEntry(current, session.id(), session.principal(), Cause.ROTATED);
            Revoked revoked = Outcomes.of(before.head().epoch(), log(tx, before, List.of(old)));
            long position = before.head().position() + 1;
            return Optional.of(
                    new Rotated(new SessionCopy(next, session, before.head().epoch(), position), revoked));
        });
        return rotated.isEmpty() ? Optional.empty() : Optional.of(new Committed<>(rotated.get(), feed.nodes(link)));
    }

    @Override
    public Registration register(Link link, String nodeId, String name, Duration lease) throws SQLException {
        return link.transaction(tx -> {
            LogPosition head = lock(tx).head();
            tx.update(REGISTER, application, nodeId, name, lease.toMillis(), head.position(), head.epoch());
            List<NodeRow> others = tx.query(OTHERS, row -> Feed.node(row, 1), application, nodeId);
            return new Registration(head, others);
        });
    }

    @Override
    public boolean trim(Link link, LogPosition upTo, int limit) throws SQLException {
        return link.transaction(tx -> {
            Locked before = lock(tx);
            long place = Math.min(upTo.position(), before.head().position());
            long raised = Math.min(place, before.floor() + limit);
            if (before.head().epoch() != upTo.epoch() || raised <= before.floor()) {
                return false;
            }
            tx.update(TRIM, application, raised);
            tx.update(RAISE, raised, application);
            return raised < place;
        });
    }

    private Locked lock(Link tx) throws SQLException {
        return MissingClockException.require(tx.first(
                lock, row -> new Locked(Clock.map(row), row.getLong(Clock.WIDTH + 1)), application));
    }

    /** A session may have had several tokens: the one named may have been rotated away. Null if nothing is known. */
    private @Nullable RevocationTarget byId(Link tx, RevocationTarget target) throws SQLException {
        if (target instanceof OfToken of) {
            byte[] digest = of.digest().toBytes();
            String id = tx.first(ID_OF_TOKEN, row -> row.getString(2), application, digest, application, digest);
            return id == null ? null : new OfId(id);
        }
        return target;
    }

    private List<LogEntry> end(Link tx, @Nullable RevocationTarget target) throws SQLException {
        if (target instanceof OfId of) {
            return tx.query(END_BY_ID, H2LogChanges::ended, application, of.sessionId());
        }
        if (target instanceof OfPrincipal of) {
            return tx.query(END_BY_PRINCIPAL, H2LogChanges::ended, application, of.principal());
        }
        if (target instanceof OthersOf of) {
            return tx.query(END_OTHERS, H2LogChanges::ended, application, of.principal(), of.keptSessionId());
        }
        return List.of();
    }

    private List<Revocation> logged(Link link, @Nullable RevocationTarget target) throws SQLException {
        if (target instanceof OfId of) {
            return link.query(LOGGED_BY_ID, H2LogChanges::logged, application, of.sessionId());
        }
        if (target instanceof OfPrincipal of) {
            return link.query(LOGGED_BY_PRINCIPAL, H2LogChanges::logged, application, of.principal());
        }
        if (target instanceof OthersOf of) {
            return link.query(LOGGED_OF_OTHERS, H2LogChanges::logged, application, of.principal(), of.keptSessionId());
        }
        return List.of();
    }

    private static LogEntry ended(ResultSet row) throws SQLException {
        return new LogEntry(TokenDigest.of(row.getBytes(2)), row.getString(3), row.getString(4), Cause.REVOKED);
    }

    private static Revocation logged(ResultSet row) throws SQLException {
        return LogRows.map(row, 1);
    }

    private List<Revocation> log(Link tx, Locked before, List<LogEntry> entries) throws SQLException {
        List<Revocation> revocations = new ArrayList<>(entries.size());
        Instant now = Instant.ofEpochMilli(before.clock().now());
        long position = before.head().position();
        for (LogEntry entry : entries) {
            position++;
            revocations.add(
                    new Revocation(position, entry.digest(), entry.sessionId(), entry.principal(), entry.cause(), now));
        }
        if (!revocations.isEmpty()) {
            tx.batch(LOG, revocations.stream().map(this::logRow).toList());
            tx.update(ADVANCE, position, application);
        }
        return revocations;
    }

    private @Nullable Object[] logRow(Revocation revocation) {
        return new @Nullable Object[] {
            application,
            revocation.position(),
            revocation.digest().toBytes(),
            revocation.sessionId(),
            revocation.principal(),
            revocation.cause().name(),
            revocation.revokedAt().toEpochMilli()
        };
    }

    /** The clock row as the transaction at hand has locked it. */
    private record Locked(Clock clock, long floor) {
        LogPosition head() {
            return clock.head();
        }
    }
}
