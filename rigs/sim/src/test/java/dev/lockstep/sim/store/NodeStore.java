package dev.lockstep.sim.store;

import dev.lockstep.LockstepException;
import dev.lockstep.Session;
import dev.lockstep.SessionCopy;
import dev.lockstep.TokenDigest;
import dev.lockstep.sim.engine.MachineClock;
import dev.lockstep.sim.engine.Simulation;
import dev.lockstep.spi.KeyRing;
import dev.lockstep.spi.KeyRingStore;
import dev.lockstep.spi.LogPosition;
import dev.lockstep.spi.NewSession;
import dev.lockstep.spi.Revocation;
import dev.lockstep.spi.RevocationLog;
import dev.lockstep.spi.RevocationTarget;
import dev.lockstep.spi.Revoked;
import dev.lockstep.spi.Rotated;
import dev.lockstep.spi.SessionStore;
import dev.lockstep.store.jdbc.dialect.ClockReading;
import dev.lockstep.store.jdbc.dialect.LogChanges;
import dev.lockstep.store.jdbc.dialect.LogEntry;
import dev.lockstep.store.jdbc.dialect.NewSessions;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A node's way to the database: each call takes time, may fail, and may have been done all the
 * same.
 */
public final class NodeStore implements SessionStore, RevocationLog, KeyRingStore {

    private static final Duration READING = Duration.ofSeconds(1);
    private static final int TRIMMED_AT_ONCE = 5_000;

    private final Simulation simulation;
    private final SimulatedServer server;
    private final StoredTables tables;
    private final MachineClock clock;
    private final Duration timeout;
    private final Fate.Decider fates;
    private final Limits limits;

    /**
     * Where one statement ends and the next begins.
     *
     * @param page rows of one poll
     * @param ended sessions of one principal that a transaction ends
     */
    public record Limits(int page, int ended) {}

    public NodeStore(
            Simulation simulation,
            SimulatedServer server,
            MachineClock clock,
            Duration timeout,
            Fate.Decider fates,
            Limits limits) {
        this.simulation = simulation;
        this.server = server;
        this.tables = server.tables();
        this.clock = clock;
        this.timeout = timeout;
        this.fates = fates;
        this.limits = limits;
    }

    private <T> T ask(Operation operation, Consumer<ServerReply<T>> request) {
        return Objects.requireNonNull(askFor(operation, timeout, request));
    }

    private <T> @Nullable T askFor(Operation operation, Duration within, Consumer<ServerReply<T>> request) {
        server.underWay().begin(operation);
        try {
            return asked(operation, within, request);
        } finally {
            server.underWay().end(operation);
        }
    }

    private <T> @Nullable T asked(Operation operation, Duration within, Consumer<ServerReply<T>> request) {
        Fate fate = fates.of(operation);
        AwaitedAnswer<T> answer = new AwaitedAnswer<>(simulation, clock.really(within.toNanos()));
        ServerReply<T> reply = new Way<>(fate, answer);
        if (fate.arrives()) {
            simulation.in(fate.toServer(), null, () -> request.accept(reply));
        } else if (fate.kind() == Fate.Kind.BROKEN_BEFORE) {
            answer.failIn(fate.toServer(), () -> AwaitedAnswer.unavailable("The connection broke"));
        } else if (fate.kind() == Fate.Kind.REFUSED) {
            answer.failIn(fate.toServer(), () -> new LockstepException("Refused", null));
        }
        return answer.await();
    }

    /** The way back. */
    private static final class Way<T> implements ServerReply<T> {

        private final Fate fate;
        private final AwaitedAnswer<T> answer;

        Way(Fate fate, AwaitedAnswer<T> answer) {
            this.fate = fate;
            this.answer = answer;
        }

        @Override
        public void give(@Nullable T result) {
            if (fate.kind() == Fate.Kind.ANSWERED) {
                answer.giveIn(fate.toClient(), result);
            } else if (fate.kind() == Fate.Kind.BROKEN_AFTER) {
                fail("The connection broke");
            }
        }

        @Override
        public void fail(String reason) {
            answer.failIn(fate.toClient(), () -> AwaitedAnswer.unavailable(reason));
        }
    }

    @Override
    public SessionCopy open(NewSession session) {
        NewSessions.check(session);
        return ask(
                Operation.OPEN, reply -> server.insert(tables::clockRow, clockRow -> opened(clockRow, session), reply));
    }

    private SessionCopy opened(ClockReading clockRow, NewSession session) {
        SessionCopy copy = StoredTables.opened(clockRow, session).get(0);
        tables.insert(copy.digest(), copy.session());
        return copy;
    }

    @Override
    public @Nullable SessionCopy find(TokenDigest digest) {
        return askFor(Operation.FIND, timeout, reply -> server.statement(false, () -> tables.find(digest), reply));
    }

    @Override
    public List<Session> list(String principal) {
        return ask(Operation.LIST, reply -> server.statement(false, () -> tables.list(principal), reply));
    }

    @Override
    public void touch(TokenDigest digest, Duration unlessWithin) {
        touchAll(List.of(digest), Duration.ZERO, unlessWithin);
    }

    @Override
    public void touchAll(List<TokenDigest> digests, Duration ago, Duration unlessWithin) {
        List<TokenDigest> fixed = List.copyOf(digests);
        change(Operation.TOUCH, false, () -> fixed.forEach(digest -> tables.touch(digest, ago, unlessWithin)));
    }

    private void change(Operation operation, boolean durably, Runnable work) {
        Boolean done = ask(operation, reply -> server.statement(durably, done(work), reply));
        Objects.requireNonNull(done);
    }

    private static java.util.function.Supplier<Boolean> done(Runnable work) {
        return () -> {
            work.run();
            return true;
        };
    }

    @Override
    public List<SessionCopy> findAll(List<TokenDigest> digests) {
        List<TokenDigest> fixed = List.copyOf(digests);
        return ask(
                Operation.FIND,
                reply -> server.statement(
                        false,
                        () -> fixed.stream()
                                .map(tables::find)
                                .filter(Objects::nonNull)
                                .toList(),
                        reply));
    }

    @Override
    public List<Revoked> revoke(List<RevocationTarget> targets) {
        return commitRevocations(targets).outcome();
    }

    @Override
    public Committed<List<Revoked>> commitRevocations(List<RevocationTarget> targets) {
        List<RevocationTarget> fixed = List.copyOf(targets);
        return ask(
                Operation.REVOKE,
                reply -> server.transaction(
                        true,
                        () -> new EndingStatement(tables, fixed, limits.ended()).commit(),
                        ending -> new Committed<>(ending.outcomes(), tables.nodes()),
                        reply));
    }

    @Override
    public @Nullable Rotated rotate(TokenDigest current, TokenDigest next) {
        Committed<Rotated> committed = commitRotation(current, next);
        return committed == null ? null : committed.outcome();
    }

    @Override
    public @Nullable Committed<Rotated> commitRotation(TokenDigest current, TokenDigest next) {
        return askFor(
                Operation.ROTATE,
                timeout,
                reply -> server.transaction(
                        true,
                        () -> tables.rotate(current, next),
                        rotated -> rotated == null ? null : new Committed<>(rotated, tables.nodes()),
                        reply));
    }

    @Override
    public Committed<Revoked> announce(List<RevocationTarget> gone) {
        List<LogEntry> entries = LogEntry.ofGone(gone);
        return ask(
                Operation.ANNOUNCE,
                reply -> server.transaction(true, () -> tables.announce(entries), this::announced, reply));
    }

    private Committed<Revoked> announced(List<Revocation> rows) {
        return new Committed<>(LogChanges.announced(tables.head().epoch(), rows), tables.nodes());
    }

    @Override
    public List<Session> deleteExpired(Instant before) {
        return ask(Operation.SWEEP, reply -> server.statement(false, () -> tables.deleteExpired(before), reply));
    }

    @Override
    public Registration register(String nodeId, String name, Duration lease) {
        return ask(
                Operation.REGISTER,
                reply -> server.transaction(true, () -> tables.register(nodeId, name, lease), done -> done, reply));
    }

    @Override
    public LogPage poll(String nodeId, LogPosition after, int limit) {
        int most = Math.min(limit, limits.page());
        return ask(Operation.POLL, reply -> server.statement(false, () -> tables.poll(nodeId, after, most), reply));
    }

    @Override
    public void acknowledge(String nodeId, LogPosition applied) {
        change(Operation.ACKNOWLEDGE, false, () -> tables.acknowledge(nodeId, applied));
    }

    @Override
    public NodeRows nodes() {
        return ask(Operation.READ_NODES, reply -> server.statement(false, tables::nodes, reply));
    }

    @Override
    public NodeRows nodesAmong(Collection<String> nodeIds) {
        List<String> fixed = List.copyOf(nodeIds);
        Duration within = timeout.compareTo(READING) < 0 ? timeout : READING;
        NodeRows rows = askFor(
                Operation.READ_NODES, within, reply -> server.statement(false, () -> tables.nodesAmong(fixed), reply));
        return Objects.requireNonNull(rows);
    }

    @Override
    public void fence(Collection<String> nodeIds) {
        List.copyOf(nodeIds).forEach(id -> change(Operation.FENCE, true, () -> tables.fence(id)));
    }

    @Override
    public void remove(Collection<String> nodeIds) {
        List.copyOf(nodeIds).forEach(id -> change(Operation.REMOVE, false, () -> tables.removeNode(id)));
    }

    @Override
    public void trim(LogPosition upTo) {
        Boolean done = ask(
                Operation.TRIM,
                reply -> server.transaction(
                        true, done(() -> tables.log.trim(upTo, TRIMMED_AT_ONCE)), trimmed -> trimmed, reply));
        Objects.requireNonNull(done);
    }

    @Override
    public void startEpoch(LogPosition seen) {
        change(Operation.START_EPOCH, true, () -> {
            if (seen.epoch() == tables.head().epoch()) {
                tables.startEpoch();
            }
        });
    }

    @Override
    public KeyRing keyRing(Duration keep) {
        KeyRing found = askFor(
                Operation.READ_KEY,
                timeout,
                reply -> server.statement(false, () -> tables.keys.inForce() == 0 ? null : tables.keys.ring(), reply));
        return found == null ? replaceKey(0, keep, Former.STAYS) : found;
    }

    @Override
    public KeyRing replaceKey(long number, Duration keep, Former former) {
        return ask(
                Operation.REPLACE_KEY,
                reply -> server.transaction(
                        true,
                        done(() -> tables.keys.replace(number, keep, former, Instant.ofEpochMilli(tables.now()))),
                        done -> tables.keys.ring(),
                        reply));
    }
}
