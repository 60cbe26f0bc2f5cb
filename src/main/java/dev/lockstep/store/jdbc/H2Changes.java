package dev.lockstep.store.jdbc;

import dev.lockstep.LogPosition;
import dev.lockstep.NewSession;
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
import dev.lockstep.spi.RevocationLog.NodeRow;
import dev.lockstep.spi.RevocationLog.Registration;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The changes as H2 wants them: step by step in explicit transactions, which costs nothing in a database that runs in
 * this JVM. Thread-safe.
 *
 * <p>Isolation is READ COMMITTED: each statement sees what was committed before it began, so the statements after the
 * one that locks the clock row see all of the transaction that held the lock before. H2 waits for a row lock no longer
 * than told, whatever the connection's LOCK_TIMEOUT.
 */
final class H2Changes implements Changes {

    private static final String CLOCK =
            Dialect.H2.sql("SELECT " + Clock.COLUMNS + " FROM lockstep_log_clock c WHERE c.application = ?");

    private static final String OPEN = "INSERT INTO lockstep_session (application, id, digest, principal, groups,"
            + " attributes, created_at, last_seen_at, expires_at, idle_timeout, valid_until)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

    private static final String END = Dialect.H2.sql("SELECT {now}, s.digest, s.id, s.principal FROM OLD TABLE"
            + " (DELETE FROM lockstep_session WHERE application = ? AND ");

    private static final String LOG = "INSERT INTO lockstep_revocation"
            + " (application, position, digest, session_id, principal, cause, revoked_at) VALUES (?, ?, ?, ?, ?, ?, ?)";

    private static final String ADVANCE = "UPDATE lockstep_log_clock SET position = ? WHERE application = ?";

    private static final String EARLIER =
            Dialect.H2.sql("SELECT {now}, MAX(position) FROM lockstep_revocation WHERE application = ? AND digest = ?");

    private static final String ROTATE = Dialect.H2.sql("SELECT {now}, " + SessionRows.COLUMNS + " FROM FINAL TABLE"
            + " (UPDATE lockstep_session SET digest = ?, last_seen_at = {now},"
            + " valid_until = LEAST(expires_at, {now} + idle_timeout)"
            + " WHERE application = ? AND digest = ? AND valid_until > {now}) s");

    private static final String SWEEPER =
            Dialect.H2.sql("SELECT {now} FROM lockstep_housekeeping WHERE application = ? FOR UPDATE SKIP LOCKED");

    private static final String EXPIRED =
            Dialect.H2.sql("SELECT {now}, " + SessionRows.COLUMNS + " FROM lockstep_session s"
                    + " WHERE s.application = ? AND s.valid_until <= {now} - ? LIMIT ? FOR UPDATE SKIP LOCKED");

    private static final String DELETE = "DELETE FROM lockstep_session WHERE application = ? AND id = ?";

    private static final String REGISTER = "INSERT INTO lockstep_node"
            + " (application, id, name, lease_millis, applied, applied_epoch, fenced) VALUES (?, ?, ?, ?, ?, ?, FALSE)";

    private static final String OTHERS = Dialect.H2.sql("SELECT {now}, " + Feed.NODE_COLUMNS
            + " FROM lockstep_node n WHERE n.application = ? AND n.id <> ? ORDER BY n.id");

    private static final String LONGEST_LEASE =
            Dialect.H2.sql("SELECT {now}, MAX(lease_millis) FROM lockstep_node WHERE application = ?");

    private static final String FLOOR =
            Dialect.H2.sql("SELECT {now}, floor FROM lockstep_log_clock WHERE application = ?");

    private static final String TRIM = "DELETE FROM lockstep_revocation WHERE application = ? AND position <= ?";

    private static final String RAISE = "UPDATE lockstep_log_clock SET floor = ? WHERE application = ?";

    private final String application;
    private final SessionRows rows;
    private final JsonText json;
    private final String lock;

    H2Changes(String application, JsonText json, Duration timeout) {
        this.application = application;
        this.json = json;
        this.rows = new SessionRows(json);
        this.lock = CLOCK + " FOR UPDATE WAIT " + Math.max(1, timeout.toSeconds());
    }

    @Override
    public SessionCopy open(Link link, NewSession session) throws SQLException {
        Clock read = MissingClockException.require(link.first(CLOCK, Clock::map, application));
        long now = read.now();
        long idle = session.idleTimeout().toMillis();
        long expires = now + session.absoluteTimeout().toMillis();
        link.update(
                OPEN,
                application,
                session.id(),
                session.digest().toBytes(),
                session.principal(),
                json.write(session.groups()),
                json.write(session.attributes()),
                now,
                now,
                expires,
                idle,
                Math.min(expires, now + idle));
        Instant opened = Instant.ofEpochMilli(now);
        Session kept = new Session(
                session.id(),
                session.principal(),
                session.groups(),
                session.attributes(),
                opened,
                opened,
                Instant.ofEpochMilli(expires),
                Duration.ofMillis(idle));
        return new SessionCopy(
                session.digest(), kept, read.head().epoch(), read.head().position());
    }

    @Override
    public List<Revoked> revoke(Link link, List<RevocationTarget> targets) throws SQLException {
        return link.transaction(tx -> {
            Clock before = lock(tx);
            List<Ended> ended = new ArrayList<>();
            for (RevocationTarget target : targets) {
                ended.addAll(end(tx, target));
            }
            List<Revocation> revocations = log(tx, before, ended, Cause.REVOKED);
            LogPosition head =
                    new LogPosition(before.head().epoch(), before.head().position() + revocations.size());
            return Targets.outcomes(targets, head, revocations, earlier(tx, targets, revocations));
        });
    }

    @Override
    public Optional<Rotated> rotate(Link link, TokenDigest current, TokenDigest next) throws SQLException {
        return link.transaction(tx -> {
            Clock before = lock(tx);
            Session session = tx.first(ROTATE, row -> rows.map(row, 1), next.toBytes(), application, current.toBytes());
            if (session == null) {
                return Optional.empty();
            }
            Ended old = new Ended(current, session.id(), session.principal());
            List<Revocation> revocations = log(tx, before, List.of(old), Cause.ROTATED);
            LogPosition head =
                    new LogPosition(before.head().epoch(), revocations.get(0).position());
            return Optional.of(new Rotated(
                    new SessionCopy(next, session, head.epoch(), head.position()), new Revoked(head, revocations)));
        });
    }

    @Override
    public List<Session> deleteExpired(Link link, Duration grace, int limit) throws SQLException {
        return link.transaction(tx -> {
            if (tx.first(SWEEPER, row -> true, application) == null) {
                return List.of();
            }
            List<Session> expired =
                    tx.query(EXPIRED, row -> rows.map(row, 1), application, grace.toMillis(), (long) limit);
            tx.batch(
                    DELETE,
                    expired.stream()
                            .map(session -> new @Nullable Object[] {application, session.id()})
                            .toList());
            return List.copyOf(expired);
        });
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
    public OptionalLong trim(Link link, LogPosition seen, Duration age, int limit) throws SQLException {
        return link.transaction(tx -> {
            if (lock(tx).head().epoch() != seen.epoch()) {
                return OptionalLong.empty();
            }
            long floor = number(tx, FLOOR);
            long raised = Math.min(seen.position(), floor + limit);
            if (raised <= floor || !pastEveryLease(age, number(tx, LONGEST_LEASE))) {
                return OptionalLong.of(floor);
            }
            tx.update(TRIM, application, raised);
            tx.update(RAISE, raised, application);
            return OptionalLong.of(raised);
        });
    }

    private static boolean pastEveryLease(Duration age, long longestMillis) {
        return age.toNanos() / 5 * 4 >= Duration.ofMillis(longestMillis).toNanos();
    }

    private Clock lock(Link tx) throws SQLException {
        return MissingClockException.require(tx.first(lock, Clock::map, application));
    }

    private List<Ended> end(Link tx, RevocationTarget target) throws SQLException {
        if (target instanceof OfToken of) {
            return end(tx, "digest = ?", of.digest().toBytes());
        }
        if (target instanceof OfId of) {
            return end(tx, "id = ?", of.sessionId());
        }
        if (target instanceof OfPrincipal of) {
            return end(tx, "principal = ?", of.principal());
        }
        OthersOf of = (OthersOf) target;
        return end(tx, "principal = ? AND id <> ?", of.principal(), of.keptSessionId());
    }

    private List<Ended> end(Link tx, String condition, Object... values) throws SQLException {
        Object[] arguments = new Object[values.length + 1];
        arguments[0] = application;
        System.arraycopy(values, 0, arguments, 1, values.length);
        return tx.query(END + condition + ") s", Ended::map, arguments);
    }

    private List<Revocation> log(Link tx, Clock before, List<Ended> ended, Cause cause) throws SQLException {
        List<Revocation> revocations = new ArrayList<>(ended.size());
        Instant now = Instant.ofEpochMilli(before.now());
        long position = before.head().position();
        for (Ended one : ended) {
            position++;
            revocations.add(new Revocation(position, one.digest(), one.id(), one.principal(), cause, now));
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

    /** Where the log has the tokens that were not live any more. */
    private Map<TokenDigest, Long> earlier(Link tx, List<RevocationTarget> targets, List<Revocation> now)
            throws SQLException {
        Map<TokenDigest, Long> earlier = new HashMap<>();
        for (RevocationTarget target : targets) {
            if (target instanceof OfToken of
                    && now.stream().noneMatch(r -> r.digest().equals(of.digest()))) {
                long position = number(tx, EARLIER, of.digest().toBytes());
                if (position > 0) {
                    earlier.put(of.digest(), position);
                }
            }
        }
        return earlier;
    }

    /** The second column of the only row; 0 for null. */
    private long number(Link tx, String sql, Object... values) throws SQLException {
        Object[] arguments = new Object[values.length + 1];
        arguments[0] = application;
        System.arraycopy(values, 0, arguments, 1, values.length);
        return MissingClockException.require(tx.first(sql, row -> row.getLong(2), arguments));
    }

    /** A session that the transaction at hand has ended. */
    private record Ended(TokenDigest digest, String id, String principal) {
        static Ended map(ResultSet row) throws SQLException {
            return new Ended(TokenDigest.of(row.getBytes(2)), row.getString(3), row.getString(4));
        }
    }
}
