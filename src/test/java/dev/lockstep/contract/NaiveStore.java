package dev.lockstep.contract;

import dev.lockstep.LogPosition;
import dev.lockstep.NewSession;
import dev.lockstep.Revocation;
import dev.lockstep.Revocation.Cause;
import dev.lockstep.RevocationTarget;
import dev.lockstep.RevocationTarget.OfApplication;
import dev.lockstep.RevocationTarget.OfId;
import dev.lockstep.RevocationTarget.OfPrincipal;
import dev.lockstep.RevocationTarget.OfToken;
import dev.lockstep.RevocationTarget.OthersOf;
import dev.lockstep.Revoked;
import dev.lockstep.Rotated;
import dev.lockstep.Session;
import dev.lockstep.SessionCopy;
import dev.lockstep.SessionStore;
import dev.lockstep.TokenDigest;
import dev.lockstep.spi.RevocationLog;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What a store does, as plainly as it can be said: one map, one lock. The oracle for real stores, and a store for tests
 * of what is built on one. One object is one application's database; several nodes may share it.
 */
public final class NaiveStore implements SessionStore, RevocationLog {

    /** How many sessions one call deletes at most. */
    public static final int SWEEP = 500;

    private final LongSupplier millis;
    private long offset;
    private State state = new State(1, 0, 0, new LinkedHashMap<>(), new ArrayList<>(), new TreeMap<>());
    private long epochs = 1;

    /** With a clock that stands still but for {@link #advance}. */
    public NaiveStore() {
        this(() -> 1_700_000_000_000L);
    }

    /** With this clock, in milliseconds since 1970. */
    public NaiveStore(LongSupplier millis) {
        this.millis = millis;
    }

    /** Moves the store's clock. */
    public synchronized void advance(Duration by) {
        offset += by.toMillis();
    }

    /** The store's clock. */
    public synchronized long now() {
        return millis.getAsLong() + offset;
    }

    /** Whether a digest or a session's identifier is in use, or was: neither is ever given out twice. */
    synchronized boolean knows(TokenDigest digest, String id) {
        return state.sessions.containsKey(digest)
                || state.sessions.values().stream()
                        .anyMatch(session -> session.id().equals(id))
                || state.log.stream()
                        .anyMatch(row ->
                                row.digest().equals(digest) || row.sessionId().equals(id));
    }

    /** All that it holds, to be {@linkplain #restore restored} some time. */
    public synchronized Backup backup() {
        return new Backup(state.copy());
    }

    /** Brings back what it held, epoch and position included, as a careless operator would. */
    public synchronized void restore(Backup backup) {
        state = backup.state.copy();
    }

    /** Takes a session away without a word, as a statement that somebody runs by hand does. */
    public synchronized void vanish(TokenDigest digest) {
        state.sessions.remove(digest);
    }

    @Override
    public synchronized SessionCopy open(NewSession asked) {
        Instant now = Instant.ofEpochMilli(now());
        Duration idle = Duration.ofMillis(asked.idleTimeout().toMillis());
        Session session = new Session(
                asked.id(),
                asked.principal(),
                asked.groups(),
                asked.attributes(),
                now,
                now,
                now.plusMillis(asked.absoluteTimeout().toMillis()),
                idle);
        state.sessions.put(asked.digest(), session);
        return copy(asked.digest(), session);
    }

    @Override
    public synchronized @Nullable SessionCopy find(TokenDigest digest) {
        Session session = live(digest);
        return session == null ? null : copy(digest, session);
    }

    @Override
    public synchronized List<Session> list(String principal) {
        return state.sessions.values().stream()
                .filter(session -> session.principal().equals(principal) && isLive(session))
                .sorted(Comparator.comparing(Session::createdAt).thenComparing(Session::id))
                .toList();
    }

    @Override
    public synchronized void touch(TokenDigest digest, Duration unlessWithin) {
        Session session = live(digest);
        if (session != null && session.lastSeenAt().toEpochMilli() <= now() - unlessWithin.toMillis()) {
            state.sessions.put(digest, seenNow(session));
        }
    }

    @Override
    public synchronized List<Revoked> revoke(List<RevocationTarget> targets) {
        long before = state.position;
        List<Predicate<Owner>> means = targets.stream().map(this::owners).toList();
        means.forEach(this::end);
        List<String> names = targets.stream().map(NaiveStore::principal).toList();
        after(before).stream()
                .map(Revocation::principal)
                .distinct()
                .filter(names::contains)
                .forEach(name -> announce(new OfPrincipal(name)));
        List<Revocation> written = after(before);
        return IntStream.range(0, targets.size())
                .mapToObj(i -> outcome(targets.get(i), means.get(i), written))
                .toList();
    }

    private List<Revocation> after(long position) {
        return state.log.stream().filter(row -> row.position() > position).toList();
    }

    /** Whom a target means, or nobody's name. */
    private static String principal(RevocationTarget target) {
        if (target instanceof OfPrincipal of) {
            return of.principal();
        }
        return target instanceof OthersOf of ? of.principal() : "";
    }

    @Override
    public synchronized @Nullable Rotated rotate(TokenDigest current, TokenDigest next) {
        Session session = live(current);
        if (session == null) {
            return null;
        }
        state.sessions.remove(current);
        Session seen = seenNow(session);
        state.sessions.put(next, seen);
        Revocation old = log(current, session, Cause.ROTATED);
        return new Rotated(copy(next, seen), new Revoked(head(), List.of(old)));
    }

    @Override
    public synchronized List<Session> deleteExpired(Instant before) {
        List<Map.Entry<TokenDigest, Session>> expired = state.sessions.entrySet().stream()
                .filter(entry -> entry.getValue().validUntilMillis() <= Math.min(now(), before.toEpochMilli()))
                .limit(SWEEP)
                .map(entry -> Map.entry(entry.getKey(), entry.getValue()))
                .toList();
        expired.forEach(entry -> state.sessions.remove(entry.getKey()));
        return expired.stream().map(Map.Entry::getValue).toList();
    }

    @Override
    public synchronized Registration register(String nodeId, String name, Duration lease) {
        List<NodeRow> others = nodes().rows();
        state.nodes.put(nodeId, new NodeRow(nodeId, name, lease, head(), false));
        return new Registration(head(), others);
    }

    @Override
    public synchronized LogPage poll(String nodeId, LogPosition after, int limit) {
        List<Revocation> rows = state.log.stream()
                .filter(row -> after.epoch() == state.epoch && row.position() > after.position())
                .limit(limit)
                .toList();
        return new LogPage(state.nodes.get(nodeId), head(), state.floor, now(), rows);
    }

    @Override
    public synchronized void acknowledge(String nodeId, LogPosition applied) {
        state.nodes.computeIfPresent(
                nodeId,
                (id, row) -> row.applied().reaches(applied)
                        ? row
                        : new NodeRow(id, row.name(), row.lease(), applied, row.fenced()));
    }

    @Override
    public synchronized Committed<List<Revoked>> commitRevocations(List<RevocationTarget> targets) {
        return new Committed<>(revoke(targets), nodes());
    }

    @Override
    public synchronized @Nullable Committed<Rotated> commitRotation(TokenDigest current, TokenDigest next) {
        Rotated rotated = rotate(current, next);
        return rotated == null ? null : new Committed<>(rotated, nodes());
    }

    @Override
    public synchronized Committed<Revoked> announce(List<RevocationTarget> gone) {
        List<Supplier<Revocation>> entries =
                gone.stream().filter(NaiveStore::isName).map(this::announcement).toList();
        List<Revocation> rows = entries.stream().map(Supplier::get).toList();
        return new Committed<>(new Revoked(rows.isEmpty() ? null : head(), rows), nodes());
    }

    /** Whether a session can be named so. */
    private static boolean isName(RevocationTarget target) {
        if (target instanceof OfId of) {
            return isName(of.sessionId(), 128);
        }
        if (target instanceof OfPrincipal of) {
            return isName(of.principal(), 255);
        }
        return !(target instanceof OthersOf of) || isName(of.principal(), 255);
    }

    private static boolean isName(String text, int most) {
        return !text.isEmpty()
                && text.length() <= most
                && text.codePoints()
                        .noneMatch(c -> c == 0 || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE));
    }

    private Revocation announce(RevocationTarget target) {
        return announcement(target).get();
    }

    /** What is to be logged, by what is known before any of it is. */
    private Supplier<Revocation> announcement(RevocationTarget target) {
        String known = target instanceof OfToken of ? openedId(of.digest()) : null;
        return () -> announced(target, known);
    }

    private Revocation announced(RevocationTarget target, @Nullable String known) {
        String noId = "none-" + (state.position + 1);
        TokenDigest noDigest = new TokenDigest(0, 0, 0, state.position + 1);
        if (target instanceof OfToken of) {
            return known == null
                    ? log(of.digest(), noId, "", Cause.TOKEN_GONE)
                    : log(of.digest(), known, "", Cause.SESSION_GONE);
        }
        if (target instanceof OfId of) {
            return log(noDigest, of.sessionId(), "", Cause.SESSION_GONE);
        }
        if (!principal(target).isEmpty()) {
            return log(noDigest, noId, principal(target), Cause.PRINCIPAL_GONE);
        }
        return log(noDigest, noId, "", Cause.COPIES_VOID);
    }

    @Override
    public synchronized NodeRows nodes() {
        return new NodeRows(head(), List.copyOf(state.nodes.values()));
    }

    @Override
    public synchronized NodeRows nodesBehind(LogPosition place) {
        return new NodeRows(
                head(),
                state.nodes.values().stream()
                        .filter(row -> !row.applied().reaches(place))
                        .toList());
    }

    @Override
    public synchronized void fence(Collection<String> nodeIds) {
        nodeIds.forEach(nodeId -> state.nodes.computeIfPresent(
                nodeId, (id, row) -> new NodeRow(id, row.name(), row.lease(), row.applied(), true)));
    }

    @Override
    public synchronized void remove(Collection<String> nodeIds) {
        nodeIds.forEach(state.nodes::remove);
    }

    @Override
    public synchronized void trim(LogPosition upTo) {
        if (upTo.epoch() == state.epoch && upTo.position() > state.floor) {
            state.floor = Math.min(upTo.position(), state.position);
            state.log.removeIf(row -> row.position() <= state.floor);
        }
    }

    @Override
    public synchronized void startEpoch(LogPosition seen) {
        if (seen.epoch() == state.epoch) {
            epochs++;
            state.epoch = epochs;
        }
    }

    private Revocation log(TokenDigest digest, Session session, Cause cause) {
        return log(digest, session.id(), session.principal(), cause);
    }

    private Revocation log(TokenDigest digest, String sessionId, String principal, Cause cause) {
        state.position++;
        Revocation row =
                new Revocation(state.position, digest, sessionId, principal, cause, Instant.ofEpochMilli(now()));
        state.log.add(row);
        return row;
    }

    /** Whose sessions a target means. */
    private Predicate<Owner> owners(RevocationTarget target) {
        if (target instanceof OfToken of) {
            String id = idOf(of.digest());
            return owner -> owner.sessionId.equals(id);
        }
        if (target instanceof OfId of) {
            return owner -> owner.sessionId.equals(of.sessionId());
        }
        if (target instanceof OfPrincipal of) {
            return owner -> owner.principal.equals(of.principal());
        }
        if (target instanceof OfApplication) {
            return owner -> true;
        }
        OthersOf of = (OthersOf) target;
        return owner -> owner.principal.equals(of.principal()) && !owner.sessionId.equals(of.keptSessionId());
    }

    /** The session that a digest opens, or opened before it was rotated away or revoked. */
    private @Nullable String idOf(TokenDigest digest) {
        Session session = state.sessions.get(digest);
        if (session != null) {
            return session.id();
        }
        String opened = openedId(digest);
        return opened == null ? firstId(digest, row -> true) : opened;
    }

    /** The session that a digest opened, as the log says; null where it was at most announced. */
    private @Nullable String openedId(TokenDigest digest) {
        return firstId(digest, row -> row.cause() != Cause.TOKEN_GONE);
    }

    private @Nullable String firstId(TokenDigest digest, Predicate<Revocation> of) {
        return state.log.stream()
                .filter(row -> row.digest().equals(digest) && of.test(row))
                .findFirst()
                .map(Revocation::sessionId)
                .orElse(null);
    }

    private void end(Predicate<Owner> means) {
        List<TokenDigest> doomed = state.sessions.entrySet().stream()
                .filter(entry -> means.test(Owner.of(entry.getValue())))
                .map(Map.Entry::getKey)
                .toList();
        for (TokenDigest digest : doomed) {
            log(digest, state.sessions.remove(digest), Cause.REVOKED);
        }
    }

    private Revoked outcome(RevocationTarget target, Predicate<Owner> means, List<Revocation> written) {
        if (target instanceof OfApplication) {
            return new Revoked(head(), written, false, false);
        }
        return principal(target).isEmpty()
                ? told(state.log, means, row -> row.cause() != Cause.ROTATED)
                : told(written, means, row -> row.cause() == Cause.PRINCIPAL_GONE);
    }

    /** Known is what the last of certain rows says. */
    private Revoked told(List<Revocation> log, Predicate<Owner> means, Predicate<Revocation> end) {
        List<Revocation> rows = log.stream()
                .filter(row -> means.test(new Owner(row.sessionId(), row.principal())))
                .toList();
        return rows.stream()
                .filter(end)
                .reduce((earlier, later) -> later)
                .map(last -> new Revoked(at(last.position()), rows))
                .orElseGet(() -> new Revoked(null, List.of()));
    }

    private @Nullable Session live(TokenDigest digest) {
        Session session = state.sessions.get(digest);
        return session != null && isLive(session) ? session : null;
    }

    private boolean isLive(Session session) {
        return session.validUntilMillis() > now();
    }

    private Session seenNow(Session session) {
        return new Session(
                session.id(),
                session.principal(),
                session.groups(),
                session.attributes(),
                session.createdAt(),
                Instant.ofEpochMilli(now()),
                session.expiresAt(),
                session.idleTimeout());
    }

    private SessionCopy copy(TokenDigest digest, Session session) {
        return new SessionCopy(digest, session, state.epoch, state.position);
    }

    private LogPosition head() {
        return at(state.position);
    }

    private LogPosition at(long position) {
        return new LogPosition(state.epoch, position);
    }

    private record Owner(String sessionId, String principal) {
        static Owner of(Session session) {
            return new Owner(session.id(), session.principal());
        }
    }

    /** What a store held at some time. */
    public static final class Backup {
        private final State state;

        private Backup(State state) {
            this.state = state;
        }
    }

    private static final class State {
        private long epoch;
        private long position;
        private long floor;
        private final Map<TokenDigest, Session> sessions;
        private final List<Revocation> log;
        private final Map<String, NodeRow> nodes;

        State(
                long epoch,
                long position,
                long floor,
                Map<TokenDigest, Session> sessions,
                List<Revocation> log,
                Map<String, NodeRow> nodes) {
            this.epoch = epoch;
            this.position = position;
            this.floor = floor;
            this.sessions = sessions;
            this.log = log;
            this.nodes = nodes;
        }

        State copy() {
            return new State(
                    epoch, position, floor, new LinkedHashMap<>(sessions), new ArrayList<>(log), new TreeMap<>(nodes));
        }
    }
}
