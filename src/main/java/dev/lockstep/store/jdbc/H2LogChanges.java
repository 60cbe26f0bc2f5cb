package dev.lockstep.store.jdbc;

import dev.lockstep.LogPosition;
import dev.lockstep.Revocation;
import dev.lockstep.Revocation.Cause;
import dev.lockstep.RevocationTarget;
import dev.lockstep.Revoked;
import dev.lockstep.Rotated;
import dev.lockstep.Session;
import dev.lockstep.TokenDigest;
import dev.lockstep.spi.RevocationLog.Committed;
import dev.lockstep.spi.RevocationLog.NodeRow;
import dev.lockstep.spi.RevocationLog.Registration;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Changes the log in H2, step by step: in a database that runs in this JVM a statement costs no round trip. */
final class H2LogChanges implements LogChanges {

    private static final String ROTATE = Dialect.H2.sql("SELECT {now}, " + SessionRows.COLUMNS + " FROM FINAL TABLE"
            + " (UPDATE lockstep_session SET digest = ?, last_seen_at = {now},"
            + " valid_until = LEAST(expires_at, {now} + idle_timeout)"
            + " WHERE application = ? AND digest = ? AND valid_until > {now}) s");

    private static final String ID_OF_OLD_TOKEN =
            Dialect.H2.sql("SELECT {now}, session_id FROM lockstep_revocation WHERE application = ? AND digest = ?"
                    + " AND cause <> 'TOKEN_GONE'");

    private static final String REGISTER = "INSERT INTO lockstep_node"
            + " (application, id, name, lease_millis, applied, applied_epoch, fenced) VALUES (?, ?, ?, ?, ?, ?, FALSE)";

    private static final String OTHERS = Dialect.H2.sql("SELECT {now}, " + Feed.NODE_COLUMNS
            + " FROM lockstep_node n WHERE n.application = ? AND n.id <> ? ORDER BY n.id");

    private static final String TRIM = "DELETE FROM lockstep_revocation WHERE application = ? AND position <= ?";

    private static final String RAISE = "UPDATE lockstep_log_clock SET floor = ? WHERE application = ?";

    private final String application;
    private final SessionRows rows;
    private final Feed feed;
    private final H2Log log;
    private final H2Revocations revocations;

    H2LogChanges(String application, JsonText json, Feed feed, Duration timeout) {
        this.application = application;
        this.rows = new SessionRows(json);
        this.feed = feed;
        this.log = new H2Log(application, timeout);
        this.revocations = new H2Revocations(application, log, feed);
    }

    @Override
    public Committed<List<Revoked>> revoke(Link link, List<RevocationTarget> targets) throws SQLException {
        return revocations.revoke(link, Targets.of(targets));
    }

    @Override
    public Committed<Revoked> announce(Link link, List<LogEntry> entries) throws SQLException {
        Revoked announced = link.transaction(tx -> {
            H2Log.Locked before = log.lock(tx);
            List<LogEntry> known = new ArrayList<>();
            for (LogEntry entry : entries) {
                known.add(ofKnownSession(tx, entry));
            }
            return LogChanges.announced(before.head().epoch(), log.append(tx, before, known));
        });
        return new Committed<>(announced, feed.nodes(link));
    }

    /** Of a token that was rotated away the log knows the session; then the row is the session's. */
    private LogEntry ofKnownSession(Link tx, LogEntry entry) throws SQLException {
        if (entry.cause() != Cause.TOKEN_GONE) {
            return entry;
        }
        byte[] digest = entry.digest().toBytes();
        String id = tx.first(ID_OF_OLD_TOKEN, row -> row.getString(2), application, digest);
        return id == null ? entry : new LogEntry(entry.digest(), id, entry.principal(), Cause.SESSION_GONE);
    }

    @Override
    public Optional<Committed<Rotated>> rotate(Link link, TokenDigest current, TokenDigest next) throws SQLException {
        Optional<Rotated> rotated = link.transaction(tx -> {
            H2Log.Locked before = log.lock(tx);
            Session session = tx.first(ROTATE, row -> rows.map(row, 1), next.toBytes(), application, current.toBytes());
            if (session == null) {
                return Optional.empty();
            }
            LogEntry old = new LogEntry(current, session.id(), session.principal(), Cause.ROTATED);
            Revocation logged = log.append(tx, before, List.of(old)).get(0);
            return Optional.of(LogChanges.rotated(next, session, before.head().epoch(), logged));
        });
        return rotated.isEmpty() ? Optional.empty() : Optional.of(new Committed<>(rotated.get(), feed.nodes(link)));
    }

    @Override
    public Registration register(Link link, String nodeId, String name, Duration lease) throws SQLException {
        return link.transaction(tx -> {
            LogPosition head = log.lock(tx).head();
            tx.update(REGISTER, application, nodeId, name, lease.toMillis(), head.position(), head.epoch());
            List<NodeRow> others = tx.query(OTHERS, row -> Feed.node(row, 1), application, nodeId);
            return new Registration(head, others);
        });
    }

    @Override
    public void removeTorn(Link link) throws SQLException {
        link.transaction(tx -> {
            H2Log.Locked clock = log.lock(tx);
            log.removeTorn(tx, clock);
            return clock;
        });
    }

    @Override
    public boolean trim(Link link, LogPosition upTo, int limit) throws SQLException {
        return link.transaction(tx -> {
            H2Log.Locked before = log.lock(tx);
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
}
