package dev.lockstep.sim.store;

import dev.lockstep.TokenDigest;
import dev.lockstep.sim.engine.Choices;
import dev.lockstep.sim.engine.Simulation;
import dev.lockstep.spi.KeyRingStore.Former;
import dev.lockstep.spi.LogPosition;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The database server: when statements see and change the tables, and what a crash leaves of that.
 *
 * <p>A statement sees what is committed at one moment. Transactions that lock the clock row follow
 * each other, in no promised order of those that wait, and what each has done is visible at once,
 * at its commit. Those commits are durable before they are visible; others are some time later,
 * unless the server waits for the disk each time.
 */
public final class SimulatedServer {

    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final long BEGINNING_MILLIS = 1_700_000_000_000L;
    private static final long QUICKEST = 20_000;
    private static final long USUAL = 2_000_000;
    private static final long SLOW = 250_000_000;

    private final Simulation simulation;
    private final Choices choices;
    private final StoredTables tables;
    private final boolean waitsForDisk;
    private final Set<ServerReply<?>> underWay = new LinkedHashSet<>();
    private final CallsUnderWay calls = new CallsUnderWay();
    private final List<Runnable> held = new ArrayList<>();
    private long aheadMillis;
    private long incarnation;
    private long unlockedAt;
    private long durable;
    private boolean up = true;
    private boolean stopped;

    /** @param waitsForDisk {@code synchronous_commit}, which the product raises where it must */
    public SimulatedServer(Simulation simulation, Choices choices, boolean waitsForDisk) {
        this.simulation = simulation;
        this.choices = choices;
        this.waitsForDisk = waitsForDisk;
        this.tables = new StoredTables(this::millis, choices.split());
    }

    /** Its clock. */
    public long millis() {
        return BEGINNING_MILLIS + aheadMillis + simulation.nanos() / NANOS_PER_MILLI;
    }

    /** Somebody sets its clock. */
    public void jump(Duration by) {
        aheadMillis += by.toMillis();
    }

    public CallsUnderWay underWay() {
        return calls;
    }

    StoredTables tables() {
        return tables;
    }

    /** A statement of one moment. */
    <T> void statement(boolean durably, Supplier<T> work, ServerReply<T> reply) {
        arrive(
                reply,
                () -> later(duration(), reply, () -> {
                    T result = work.get();
                    committed(durably);
                    answer(reply, result);
                }));
    }

    /** A statement that reads at one moment, and is committed at a later one. */
    <S, T> void insert(Supplier<S> reading, Function<S, T> writing, ServerReply<T> reply) {
        arrive(reply, () -> {
            S read = reading.get();
            later(duration(), reply, () -> {
                T result = writing.apply(read);
                committed(true);
                answer(reply, result);
            });
        });
    }

    /** A transaction under the lock of the clock row, and a reading behind its commit. */
    <S, T> void transaction(boolean durably, Supplier<S> work, Function<S, T> behind, ServerReply<T> reply) {
        arrive(reply, () -> {
            long commit = Math.max(simulation.nanos(), unlockedAt) + duration();
            unlockedAt = commit;
            later(commit - simulation.nanos(), reply, () -> {
                S result = work.get();
                committed(durably);
                later(choices.upTo(USUAL / 10), reply, () -> answer(reply, behind.apply(result)));
            });
        });
    }

    private long duration() {
        return choices.percent(1) ? choices.upTo(SLOW) : choices.spread(QUICKEST, USUAL);
    }

    private void arrive(ServerReply<?> reply, Runnable work) {
        if (!up) {
            reply.fail("The connection is refused");
        } else {
            underWay.add(reply);
            go(work);
        }
    }

    private void go(Runnable work) {
        if (stopped) {
            held.add(work);
        } else {
            work.run();
        }
    }

    /** Unless the server crashes before that. */
    private void later(long delay, ServerReply<?> reply, Runnable work) {
        long of = incarnation;
        simulation.in(delay, null, () -> {
            if (of == incarnation) {
                go(work);
            }
        });
    }

    private <T> void answer(ServerReply<T> reply, T result) {
        underWay.remove(reply);
        reply.give(result);
    }

    private void committed(boolean durably) {
        if (durably || waitsForDisk) {
            flush();
        }
    }

    /** What was written until now outlasts a crash. */
    public void flush() {
        durable = tables.journal.end();
    }

    /** Where its history is. */
    public long place() {
        return tables.journal.end();
    }

    /** kill -9: what is not durable is gone. */
    public void crash() {
        up = false;
        stopped = false;
        incarnation++;
        unlockedAt = 0;
        held.clear();
        tables.journal.goBackTo(durable);
        List<ServerReply<?>> broken = List.copyOf(underWay);
        underWay.clear();
        broken.forEach(reply -> reply.fail("The connection is broken"));
    }

    public void start() {
        up = true;
    }

    /** SIGSTOP and SIGCONT. */
    public void stop(boolean stop) {
        stopped = stop;
        if (!stop) {
            List<Runnable> late = List.copyOf(held);
            held.clear();
            late.forEach(Runnable::run);
        }
    }

    /**
     * A standby takes over, or a backup: what came after that place is lost, and an epoch begins.
     */
    public void goOnFrom(long place) {
        tables.journal.goBackTo(Math.max(place, tables.journal.beginning()));
        tables.startEpoch();
        flush();
        up = true;
    }

    /** Of each session the digest of its token. */
    public Map<String, Object> sessions() {
        Map<String, Object> found = new LinkedHashMap<>();
        tables.sessions.all().forEach(entry -> found.put(entry.getValue().id(), entry.getKey()));
        return found;
    }

    /** Where the log is. */
    public LogPosition head() {
        return tables.head();
    }

    /** Somebody fences all nodes. */
    public void fenceAll() {
        tables.nodes().rows().forEach(row -> tables.fence(row.id()));
    }

    /** Somebody trims the log. */
    public void trim(LogPosition upTo) {
        tables.log.trim(upTo, Integer.MAX_VALUE);
        flush();
    }

    /** Somebody deletes a session's row. */
    public void delete(String sessionId) {
        TokenDigest digest = tables.sessions.digestOf(sessionId);
        if (digest != null) {
            tables.sessions.remove(digest);
            flush();
        }
    }

    /** Somebody puts another version of the key in force. */
    public void replaceKey(Duration keep, Former former) {
        tables.keys.replace(tables.keys.inForce(), keep, former, Instant.ofEpochMilli(millis()));
        flush();
    }

    /** The key was made so long before. */
    public void ageKey(Duration by) {
        tables.keys.age(by);
        flush();
    }

    /** A new epoch, as a failover that loses nothing begins one. */
    public void startEpoch() {
        tables.startEpoch();
        flush();
    }
}
