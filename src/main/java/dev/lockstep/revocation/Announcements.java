package dev.lockstep.revocation;

import dev.lockstep.concurrent.OnceAMinute;
import dev.lockstep.concurrent.RateLimiter;
import dev.lockstep.spi.NodeClock;
import dev.lockstep.spi.RevocationLog;
import dev.lockstep.spi.RevocationLog.Committed;
import dev.lockstep.spi.RevocationTarget;
import dev.lockstep.spi.RevocationTarget.OfApplication;
import dev.lockstep.spi.RevocationTarget.OfPrincipal;
import dev.lockstep.spi.RevocationTarget.OthersOf;
import dev.lockstep.spi.Revoked;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Tells all nodes of targets that the store does not know: a copy somewhere may be all that is left
 * of such a session. Each gets a row in the log, and is seen through like any revocation. For as
 * long as the row of a token or of an identifier is kept, the next revocation of the same finds it
 * and writes none.
 *
 * <p>Nobody can fill the log this way. A node writes up to {@link #BURST} such rows, then
 * {@link #PER_SECOND} a second. What comes beyond waits for a moment that comes once a second, as
 * does what asks for a principal {@linkplain FrequentPrincipals too often}: then each target gets
 * one row, whoever waits for it, or where these would still be too many, all share one that makes
 * every older copy void. The price is one reading of the store for each live copy.
 *
 * <p>A row counts for those who asked before it was written alone: a session of the principal may
 * have been opened since an older one, and have vanished.
 *
 * <p>Thread-safe: {@code frequent} and {@code nextShared} are used within one of the two group
 * commits each.
 */
final class Announcements {

    /**
     * More than a person or a script ends in good faith at once (an estimate); as rows, some 100
     * KB.
     */
    static final int BURST = 1_000;
    /**
     * Far above honest use (an estimate), and slow enough that the log's ten minutes hold 60,000
     * such rows of a node at most.
     */
    static final int PER_SECOND = 100;

    private static final Logger LOG = System.getLogger(Announcements.class.getName());
    /** As many as the committer takes: the two share the store's deadline. */
    private static final int MAX_GROUP = 256;
    /**
     * A row that makes all copies void costs every node one store read per live copy. An estimate:
     * once a second is what a store bears for long.
     */
    private static final Duration BETWEEN_SHARED = Duration.ofSeconds(1);

    private final RevocationLog log;
    private final Settlement settlement;
    private final NodeClock clock;
    private final ScheduledExecutorService executor;
    private final RateLimiter limiter;
    private final GroupCommit<Announcement> rows;
    private final GroupCommit<Announcement> shared;
    private final FrequentPrincipals frequent;
    private final OnceAMinute messages;
    private volatile long nextShared;

    /** @param executor runs the commits, which block while they talk to the store */
    Announcements(RevocationLog log, Settlement settlement, NodeClock clock, ScheduledExecutorService executor) {
        this.log = log;
        this.settlement = settlement;
        this.clock = clock;
        this.executor = executor;
        this.limiter = new RateLimiter(BURST, PER_SECOND, clock::nanoTime);
        this.frequent = new FrequentPrincipals(clock);
        this.messages = new OnceAMinute(clock::nanoTime);
        this.nextShared = clock.nanoTime();
        this.rows = new GroupCommit<>(MAX_GROUP, this::commitRows, Announcements::fail, executor);
        this.shared = new GroupCommit<>(Integer.MAX_VALUE, this::commitShared, Announcements::fail, this::atNextShared);
    }

    private record Announcement(PendingRevocation pending, Runnable then) {

        /** What the row names: of a principal all sessions, whichever one is to be kept. */
        RevocationTarget target() {
            return pending.target() instanceof OthersOf others ? new OfPrincipal(others.principal()) : pending.target();
        }
    }

    /**
     * Announces a revocation's target.
     *
     * @param then goes on with the revocation, once that is committed
     */
    void announce(PendingRevocation pending, Runnable then) {
        rows.add(new Announcement(pending, then));
    }

    void close(Supplier<? extends Throwable> reason) {
        rows.close(reason);
        shared.close(reason);
    }

    private void commitRows(List<Announcement> group) {
        Map<Boolean, List<Announcement>> parts =
                group.stream().collect(Collectors.partitioningBy(one -> frequent.isOne(one.target())));
        List<Announcement> now = parts.getOrDefault(false, List.of());
        List<RevocationTarget> targets = targets(now);
        if (limiter.take(targets.size())) {
            if (!now.isEmpty()) {
                commit(now, targets);
                frequent.written(targets);
            }
            parts.getOrDefault(true, List.of()).forEach(shared::add);
        } else {
            group.forEach(shared::add);
        }
    }

    private void commitShared(List<Announcement> group) {
        nextShared = clock.nanoTime() + BETWEEN_SHARED.toNanos();
        List<RevocationTarget> targets = targets(group);
        if (targets.size() <= MAX_GROUP && limiter.take(targets.size())) {
            commit(group, targets);
        } else {
            commitVoid(group);
        }
    }

    /** All share the row, so none of them is at fault if it is refused. */
    private void commitVoid(List<Announcement> group) {
        if (messages.isDue()) {
            LOG.log(
                    Level.WARNING,
                    "LOCKSTEP-0217 So many sessions are being revoked that the store does not know that they are not"
                            + " told to the other nodes one by one: all copies made before are read again. targets="
                            + group.size());
        }
        try {
            commit(group, List.of(new OfApplication()));
        } catch (RuntimeException | Error e) {
            fail(group, e);
        }
    }

    private void atNextShared(Runnable commit) {
        long delay = Math.max(0, nextShared - clock.nanoTime());
        var unused = executor.schedule(commit, delay, TimeUnit.NANOSECONDS);
    }

    private static List<RevocationTarget> targets(List<Announcement> group) {
        return group.stream().map(Announcement::target).distinct().toList();
    }

    private void commit(List<Announcement> group, List<RevocationTarget> targets) {
        Lease.Start sent = Lease.Start.now(clock);
        Committed<Revoked> committed = log.announce(targets);
        group.forEach(one -> one.pending.tell(steps -> steps.committed(sent.elapsed(clock))));
        CompletableFuture<Settled> settled = settlement.settle(
                List.of(committed.outcome()),
                committed.nodes(),
                sent,
                asked -> group.forEach(one -> one.pending.tell(steps -> steps.pushed(asked))));
        for (Announcement one : group) {
            one.pending.add(committed.nodes().head(), settled);
            one.then.run();
        }
    }

    private static void fail(List<Announcement> group, Throwable failure) {
        group.forEach(one -> one.pending.fail(failure));
    }
}
