package dev.lockstep.sim.store;

import dev.lockstep.Session;
import dev.lockstep.SessionCopy;
import dev.lockstep.TokenDigest;
import dev.lockstep.sim.engine.Choices;
import dev.lockstep.spi.LogPosition;
import dev.lockstep.spi.NewSession;
import dev.lockstep.spi.Revocation;
import dev.lockstep.spi.Revocation.Cause;
import dev.lockstep.spi.RevocationLog.LogPage;
import dev.lockstep.spi.RevocationLog.NodeRow;
import dev.lockstep.spi.RevocationLog.NodeRows;
import dev.lockstep.spi.RevocationLog.Registration;
import dev.lockstep.spi.Rotated;
import dev.lockstep.store.jdbc.dialect.ClockReading;
import dev.lockstep.store.jdbc.dialect.LogChanges;
import dev.lockstep.store.jdbc.dialect.LogEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What the database holds, and what each statement does to it. A statement sees all that is
 * committed and is alone meanwhile; when it runs is the {@link SimulatedServer}'s business.
 */
final class StoredTables {

    private static final int SWEPT_AT_ONCE = 500;

    final Journal journal = new Journal();
    final StoredSessions sessions = new StoredSessions(journal);
    final StoredLog log;
    final StoredKeys keys;
    private final Map<String, NodeRow> nodes = new TreeMap<>();
    private final LongSupplier clock;
    private final Choices epochs;

    /** @param clock in milliseconds since 1970 */
    StoredTables(LongSupplier clock, Choices choices) {
        this.clock = clock;
        this.epochs = choices.split();
        this.log = new StoredLog(journal, epochs.nextLong());
        this.keys = new StoredKeys(journal, choices.split());
    }

    long now() {
        return clock.getAsLong();
    }

    ClockReading clockRow() {
        return new ClockReading(now(), log.head().epoch(), log.head().position(), log.floor());
    }

    LogPosition head() {
        return log.head();
    }

    void insert(TokenDigest digest, Session session) {
        sessions.put(digest, session);
    }

    static List<SessionCopy> opened(ClockReading clock, NewSession asked) {
        return clock.opened(List.of(asked));
    }

    @Nullable
    SessionCopy find(TokenDigest digest) {
        Session session = live(digest);
        return session == null ? null : clockRow().copyOf(digest, session);
    }

    private @Nullable Session live(TokenDigest digest) {
        Session session = sessions.get(digest);
        return session != null && session.validUntilMillis() > now() ? session : null;
    }

    List<Session> list(String principal) {
        List<Session> found = new ArrayList<>();
        for (String id : sessions.idsOf(principal)) {
            TokenDigest digest = sessions.digestOf(id);
            Session session = digest == null ? null : live(digest);
            if (session != null) {
                found.add(session);
            }
        }
        found.sort(Comparator.comparingLong(Session::createdAtMillis).thenComparing(Session::id));
        return found;
    }

    void touch(TokenDigest digest, Duration ago, Duration unlessWithin) {
        Session session = live(digest);
        long used = now() - ago.toMillis();
        if (session != null && session.lastSeenAtMillis() <= used - unlessWithin.toMillis()) {
            sessions.put(digest, seenAt(session, used));
        }
    }

    private static Session seenAt(Session session, long millis) {
        return Session.ofMillis(
                session.id(),
                session.principal(),
                session.groups(),
                session.attributes(),
                session.createdAtMillis(),
                millis,
                session.expiresAtMillis(),
                session.idleTimeoutMillis());
    }

    @Nullable
    Rotated rotate(TokenDigest current, TokenDigest next) {
        Session session = live(current);
        if (session == null) {
            return null;
        }
        sessions.remove(current);
        Session seen = seenAt(session, now());
        sessions.put(next, seen);
        Revocation old = append(new LogEntry(current, session.id(), session.principal(), Cause.ROTATED));
        return LogChanges.rotated(next, seen, head().epoch(), old);
    }

    Revocation append(LogEntry entry) {
        Revocation row = new Revocation(
                head().position() + 1,
                entry.digest(),
                entry.sessionId(),
                entry.principal(),
                entry.cause(),
                Instant.ofEpochMilli(now()));
        log.append(row);
        return row;
    }

    /** Of a token that opened a session the row is the session's. */
    List<Revocation> announce(List<LogEntry> entries) {
        List<LogEntry> known = entries.stream().map(this::withSession).toList();
        return known.stream().map(this::append).toList();
    }

    private LogEntry withSession(LogEntry entry) {
        String session = entry.cause() == Cause.TOKEN_GONE ? log.openedSession(entry.digest()) : null;
        return session == null ? entry : new LogEntry(entry.digest(), session, entry.principal(), Cause.SESSION_GONE);
    }

    List<Session> deleteExpired(Instant before) {
        long limit = Math.min(now(), before.toEpochMilli());
        List<Map.Entry<TokenDigest, Session>> expired = sessions.all().stream()
                .filter(entry -> entry.getValue().validUntilMillis() <= limit)
                .limit(SWEPT_AT_ONCE)
                .toList();
        List<Session> deleted = expired.stream().map(Map.Entry::getValue).toList();
        expired.stream().map(Map.Entry::getKey).toList().forEach(sessions::remove);
        return deleted;
    }

    Registration register(String nodeId, String name, Duration lease) {
        List<NodeRow> others = List.copyOf(nodes.values());
        setNode(nodeId, new NodeRow(nodeId, name, lease, head(), false, null, Instant.ofEpochMilli(now())));
        return new Registration(head(), others);
    }

    LogPage poll(String nodeId, LogPosition after, int limit) {
        List<Revocation> rows = after.epoch() == head().epoch() ? log.after(after.position(), limit) : List.of();
        return new LogPage(nodes.get(nodeId), head(), log.floor(), now(), rows, keys.inForce());
    }

    void acknowledge(String nodeId, LogPosition applied) {
        changeNode(nodeId, row -> row.applied().reaches(applied) ? row : changed(row, applied, row.fenced()));
    }

    NodeRows nodes() {
        return new NodeRows(head(), List.copyOf(nodes.values()));
    }

    NodeRows nodesAmong(Collection<String> ids) {
        return new NodeRows(
                head(),
                nodes.values().stream().filter(row -> ids.contains(row.id())).toList());
    }

    void fence(String nodeId) {
        changeNode(nodeId, row -> changed(row, row.applied(), true));
    }

    void removeNode(String nodeId) {
        setNode(nodeId, null);
    }

    private void changeNode(String nodeId, UnaryOperator<NodeRow> change) {
        NodeRow row = nodes.get(nodeId);
        if (row != null) {
            setNode(nodeId, change.apply(row));
        }
    }

    private void setNode(String nodeId, @Nullable NodeRow row) {
        NodeRow former = row == null ? nodes.remove(nodeId) : nodes.put(nodeId, row);
        journal.changed(() -> {
            if (former == null) {
                nodes.remove(nodeId);
            } else {
                nodes.put(nodeId, former);
            }
        });
    }

    private static NodeRow changed(NodeRow row, LogPosition applied, boolean fenced) {
        return new NodeRow(row.id(), row.name(), row.lease(), applied, fenced, row.version(), row.registeredAt());
    }

    void startEpoch() {
        log.startEpoch(epochs.nextLong());
    }
}
