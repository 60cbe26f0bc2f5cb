package dev.lockstep.contract;

import dev.lockstep.Session;
import dev.lockstep.SessionCopy;
import dev.lockstep.TokenDigest;
import dev.lockstep.contract.NaiveTargets.Owner;
import dev.lockstep.spi.KeyRing;
import dev.lockstep.spi.KeyRingStore;
import dev.lockstep.spi.LogPosition;
import dev.lockstep.spi.NewSession;
import dev.lockstep.spi.Revocation;
import dev.lockstep.spi.Revocation.Cause;
import dev.lockstep.spi.RevocationLog;
import dev.lockstep.spi.RevocationTarget;
import dev.lockstep.spi.RevocationTarget.OfApplication;
import dev.lockstep.spi.RevocationTarget.OfPrincipal;
import dev.lockstep.spi.Revoked;
import dev.lockstep.spi.Rotated;
import dev.lockstep.spi.SessionSearch;
import dev.lockstep.spi.SessionStore;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What a store does, as plainly as it can be said: one map, one lock. The oracle for real stores,
 * and a store for tests of what is built on one. One object is one application's database; several
 * nodes may share it.
 */
public final class NaiveStore implements SessionStore, RevocationLog, SessionSearch, KeyRingStore {

    /** How many sessions one call deletes at most. */
    public static final int SWEEP = 500;

    private final LongSupplier millis;
    private long offset;
    private Map<TokenDigest, Session> sessions = new LinkedHashMap<>();
    private Map<String, NodeRow> nodes = new TreeMap<>();
    private NaiveLog log = new NaiveLog(this::now);
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

    /**
     * Whether a digest or a session's identifier is in use, or was: neither is ever given out
     * twice.
     */
    synchronized boolean knows(TokenDigest digest, String id) {
        return sessions.containsKey(digest)
                || sessions.values().stream().anyMatch(session -> session.id().equals(id))
                || log.names(digest, id);
    }

    /** All that it holds, to be {@linkplain #restore restored} some time. */
    public synchronized Backup backup() {
        return new Backup(new LinkedHashMap<>(sessions), new TreeMap<>(nodes), log.copy());
    }

    /** Brings back what it held, epoch and position included, as a careless operator would. */
    public synchronized void restore(Backup backup) {
        sessions = new LinkedHashMap<>(backup.sessions);
        nodes = new TreeMap<>(backup.nodes);
        log = backup.log.copy();
    }

    /** Takes a session away without a word, as a statement that somebody runs by hand does. */
    public synchronized void vanish(TokenDigest digest) {
        sessions.remove(digest);
    }

    @Override
    public synchronized SessionCopy open(NewSession asked) {
        Instant now = Instant.ofEpochMilli(now());
        Session session = new Session(
                asked.id(),
                asked.principal(),
                asked.groups(),
                asked.attributes(),
                now,
                now,
                now.plusMillis(asked.absoluteTimeout().toMillis()),
                Duration.ofMillis(asked.idleTimeout().toMillis()));
        sessions.put(asked.digest(), session);
        return copy(asked.digest(), session);
    }

    @Override
    public synchronized @Nullable SessionCopy find(TokenDigest digest) {
        Session session = live(digest);
        return session == null ? null : copy(digest, session);
    }

    @Override
    public synchronized List<Session> list(String principal) {
        return sessions.values().stream()
                .filter(session -> session.principal().equals(principal) && isLive(session))
                .sorted(Comparator.comparing(Session::createdAt).thenComparing(Session::id))
                .toList();
    }

    @Override
    public synchronized void touch(TokenDigest digest, Duration unlessWithin) {
        Session session = live(digest);
        if (session != null && session.lastSeenAt().toEpochMilli() <= now() - unlessWithin.toMillis()) {
            sessions.put(digest, seenNow(session));
        }
    }

    @Override
    public synchronized List<Revoked> revoke(List<RevocationTarget> targets) {
        long before = head().position();
        List<Predicate<Owner>> means = targets.stream()
                .map(target -> NaiveTargets.owners(target, this::idOf))
                .toList();
        means.forEach(this::end);
        List<String> names = targets.stream().map(NaiveTargets::principal).toList();
        log.announce(log.after(before).stream()
                .map(Revocation::principal)
                .distinct()
                .filter(names::contains)
                .<RevocationTarget>map(OfPrincipal::new)
                .toList());
        List<Revocation> written = log.after(before);
        Set<Revocation> uncounted = written.stream()
                .filter(row -> row.cause() == Cause.REVOKED)
                .collect(Collectors.toCollection(HashSet::new));
        return IntStream.range(0, targets.size())
                .mapToObj(i -> counted(outcome(targets.get(i), means.get(i), written), ended(uncounted, means.get(i))))
                .toList();
    }

    /** Those that are meant are counted, and not again. */
    private static int ended(Set<Revocation> uncounted, Predicate<Owner> means) {
        int before = uncounted.size();
        uncounted.removeIf(row -> means.test(new Owner(row.sessionId(), row.principal())));
        return before - uncounted.size();
    }

    private static Revoked counted(Revoked revoked, int ended) {
        return new Revoked(revoked.upTo(), revoked.revocations(), revoked.complete(), revoked.more(), ended);
    }

    @Override
    public synchronized @Nullable Rotated rotate(TokenDigest current, TokenDigest next) {
        Session session = live(current);
        if (session == null) {
            return null;
        }
        sessions.remove(current);
        Session seen = seenNow(session);
        sessions.put(next, seen);
        Revocation old = log(current, session, Cause.ROTATED);
        return new Rotated(copy(next, seen), new Revoked(head(), List.of(old)));
    }

    @Override
    public synchronized List<Session> deleteExpired(Instant before) {
        List<Map.Entry<TokenDigest, Session>> expired = sessions.entrySet().stream()
                .filter(entry -> entry.getValue().validUntilMillis() <= Math.min(now(), before.toEpochMilli()))
                .limit(SWEEP)
                .map(entry -> Map.entry(entry.getKey(), entry.getValue()))
                .toList();
        expired.forEach(entry -> sessions.remove(entry.getKey()));
        return expired.stream().map(Map.Entry::getValue).toList();
    }

    @Override
    public synchronized @Nullable SessionCopy byId(String sessionId) {
        return live(session -> session.id().equals(sessionId)).stream()
                .findFirst()
                .orElse(null);
    }

    @Override
    public synchronized Page page(@Nullable String principal, @Nullable String after, int limit) {
        if (limit < 1 || limit > LONGEST_PAGE) {
            throw new IllegalArgumentException("limit: 1 to " + LONGEST_PAGE);
        }
        List<SessionCopy> found =
                live(session -> (principal == null || session.principal().equals(principal))
                        && (after == null || session.id().compareTo(after) > 0));
        List<SessionCopy> page = found.subList(0, Math.min(limit, found.size()));
        return new Page(
                page, found.size() > limit ? page.get(limit - 1).session().id() : null);
    }

    @Override
    public synchronized long count(String principal) {
        return live(session -> session.principal().equals(principal)).size();
    }

    @Override
    public synchronized long count() {
        return live(session -> true).size();
    }

    private List<SessionCopy> live(Predicate<Session> meant) {
        return sessions.entrySet().stream()
                .filter(entry -> isLive(entry.getValue()) && meant.test(entry.getValue()))
                .sorted(Comparator.comparing(entry -> entry.getValue().id()))
                .map(entry -> copy(entry.getKey(), entry.getValue()))
                .toList();
    }

    @Override
    public synchronized Registration register(String nodeId, String name, Duration lease) {
        List<NodeRow> others = nodes().rows();
        nodes.put(nodeId, new NodeRow(nodeId, name, lease, head(), false, null, Instant.ofEpochMilli(now())));
        return new Registration(head(), others);
    }

    @Override
    public synchronized LogPage poll(String nodeId, LogPosition after, int limit) {
        List<Revocation> rows = after.epoch() == head().epoch() ? log.after(after.position()) : List.of();
        return new LogPage(
                nodes.get(nodeId),
                head(),
                log.floor(),
                now(),
                rows.stream().limit(limit).toList(),
                log.keys().inForce());
    }

    @Override
    public synchronized void acknowledge(String nodeId, LogPosition applied) {
        nodes.computeIfPresent(
                nodeId, (id, row) -> row.applied().reaches(applied) ? row : changed(row, applied, row.fenced()));
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
        List<Revocation> rows =
                log.announce(gone.stream().filter(NaiveTargets::isName).toList());
        return new Committed<>(new Revoked(rows.isEmpty() ? null : head(), rows), nodes());
    }

    @Override
    public synchronized NodeRows nodes() {
        return new NodeRows(head(), List.copyOf(nodes.values()));
    }

    @Override
    public synchronized NodeRows nodesAmong(Collection<String> nodeIds) {
        return new NodeRows(
                head(),
                nodes.values().stream()
                        .filter(row -> nodeIds.contains(row.id()))
                        .toList());
    }

    @Override
    public synchronized void fence(Collection<String> nodeIds) {
        nodeIds.forEach(nodeId -> nodes.computeIfPresent(nodeId, (id, row) -> changed(row, row.applied(), true)));
    }

    private static NodeRow changed(NodeRow row, LogPosition applied, boolean fenced) {
        return new NodeRow(row.id(), row.name(), row.lease(), applied, fenced, row.version(), row.registeredAt());
    }

    @Override
    public synchronized void remove(Collection<String> nodeIds) {
        nodeIds.forEach(nodes::remove);
    }

    @Override
    public synchronized void trim(LogPosition upTo) {
        log.trim(upTo);
    }

    @Override
    public synchronized void startEpoch(LogPosition seen) {
        if (seen.epoch() == head().epoch()) {
            epochs++;
            log.startEpoch(epochs);
        }
    }

    @Override
    public synchronized KeyRing keyRing(Duration keep) {
        return log.keys().ring(keep);
    }

    @Override
    public synchronized KeyRing replaceKey(long number, Duration keep, KeyRingStore.Former former) {
        return log.keys().replace(number, keep, former);
    }

    private Revocation log(TokenDigest digest, Session session, Cause cause) {
        return log.append(digest, session.id(), session.principal(), cause);
    }

    /** The session that a digest opens, or opened before it was rotated away or revoked. */
    private @Nullable String idOf(TokenDigest digest) {
        Session session = sessions.get(digest);
        return session == null ? log.idOf(digest) : session.id();
    }

    private void end(Predicate<Owner> means) {
        List<TokenDigest> doomed = sessions.entrySet().stream()
                .filter(entry -> means.test(Owner.of(entry.getValue())))
                .map(Map.Entry::getKey)
                .toList();
        for (TokenDigest digest : doomed) {
            log(digest, sessions.remove(digest), Cause.REVOKED);
        }
    }

    private Revoked outcome(RevocationTarget target, Predicate<Owner> means, List<Revocation> written) {
        if (target instanceof OfApplication) {
            return new Revoked(head(), written, false, false);
        }
        return NaiveTargets.principal(target).isEmpty()
                ? log.told(log.rows(), means, row -> row.cause() != Cause.ROTATED)
                : log.told(written, means, row -> row.cause() == Cause.PRINCIPAL_GONE);
    }

    private @Nullable Session live(TokenDigest digest) {
        Session session = sessions.get(digest);
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
        return new SessionCopy(digest, session, head().epoch(), head().position());
    }

    private LogPosition head() {
        return log.head();
    }

    /** What a store held at some time. */
    public static final class Backup {

        private final Map<TokenDigest, Session> sessions;
        private final Map<String, NodeRow> nodes;
        private final NaiveLog log;

        private Backup(Map<TokenDigest, Session> sessions, Map<String, NodeRow> nodes, NaiveLog log) {
            this.sessions = sessions;
            this.nodes = nodes;
            this.log = log;
        }
    }
}
