package dev.lockstep.monitoring;

import dev.lockstep.spi.LogPosition;
import dev.lockstep.spi.NodeListener;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** Counts and times revocations, those made here and those learnt of by polls. Thread-safe. */
final class RevocationMeters implements NodeListener {

    private static final long NONE_SEEN = Long.MIN_VALUE;

    private final Duration goal;
    private final LongAdder inTime;
    private final LongAdder late;
    private final Timing settledAlone;
    private final Map<SettledBy, Timing> settled;
    private final Timing unconfirmed;
    private final Timing succeeded;
    private final Timing failed;
    private final Timing commits;
    private final LongAdder committed;
    private final Map<SettledBy, LongAdder> nodes;
    private final Map<Origin, Timing> lags;
    private final LongAdder fenced;
    private final LongAdder sent;
    private final LongAdder expected;
    private final LongAdder poking;
    private final LongAdder pokes;
    private final LongAdder taken;
    private final LongAdder ignored;
    private final Map<MessageRefusal, LongAdder> refused;
    private final Map<LeaseEnd, LongAdder> leasesLost;
    private final Timing polls;
    private final LongAdder failedPolls;
    private final LongAdder floorMoves;
    private final AtomicLong lastFloor = new AtomicLong(NONE_SEEN);
    private final LongAdder canaryProofs;
    private final LongAdder canaryFailures;

    RevocationMeters(SeriesList series, Duration goal) {
        this.goal = goal;
        inTime = series.counter(Meters.REVOCATION_GOAL, "true");
        late = series.counter(Meters.REVOCATION_GOAL, "false");
        settledAlone = series.timer(Meters.REVOCATION_DURATION, "alone");
        settled = series.timers(Meters.REVOCATION_DURATION, SettledBy.class);
        unconfirmed = series.timer(Meters.REVOCATION_DURATION, "unconfirmed");
        succeeded = series.timer(Meters.REVOCATION_CALL_DURATION, "success");
        failed = series.timer(Meters.REVOCATION_CALL_DURATION, "failure");
        commits = series.timer(Meters.REVOCATION_COMMIT_DURATION);
        committed = series.counter(Meters.REVOCATION_COMMITTED);
        nodes = series.counters(Meters.REVOCATION_NODES, SettledBy.class);
        lags = series.timers(Meters.REVOCATION_LAG, Origin.class);
        fenced = series.counter(Meters.NODES_FENCED);
        sent = series.counter(Meters.CHANNEL_SENT);
        expected = series.counter(Meters.CHANNEL_EXPECTED);
        poking = series.counter(Meters.CHANNEL_POKES_SENT);
        pokes = series.counter(Meters.CHANNEL_POKES_RECEIVED);
        taken = series.counter(Meters.CHANNEL_RECEIVED, "applied");
        ignored = series.counter(Meters.CHANNEL_RECEIVED, "ignored");
        refused = series.counters(Meters.CHANNEL_REFUSED, MessageRefusal.class);
        leasesLost = series.counters(Meters.LEASE_LOST, LeaseEnd.class);
        polls = series.timer(Meters.POLL_DURATION);
        failedPolls = series.counter(Meters.POLL_FAILURES);
        floorMoves = series.counter(Meters.FLOOR_MOVES);
        canaryProofs = series.counter(Meters.CANARY_PROOFS);
        canaryFailures = series.counter(Meters.CANARY_FAILURES);
    }

    @Override
    public void revocationsCommitted(int calls, Duration took) {
        committed.add(calls);
        commits.add(took);
    }

    @Override
    public void revocationsSettled(@Nullable SettledBy how, Duration sinceCommit, @Nullable Throwable failure) {
        (failure == null ? timing(how) : unconfirmed).add(sinceCommit);
        (failure == null && sinceCommit.compareTo(goal) <= 0 ? inTime : late).increment();
    }

    @Override
    public void nodeSettled(String nodeName, SettledBy how, Duration sinceCommit) {
        Objects.requireNonNull(nodes.get(how)).increment();
    }

    @Override
    public void revoked(Duration took, @Nullable Throwable failure) {
        (failure == null ? succeeded : failed).add(took);
    }

    @Override
    public void learnt(Origin how, Duration lag) {
        Objects.requireNonNull(lags.get(how)).add(lag);
    }

    @Override
    public void fenced(String nodeName) {
        fenced.increment();
    }

    @Override
    public void pushed(int asked) {
        sent.increment();
        expected.add(asked);
    }

    @Override
    public void poking(int asked) {
        poking.increment();
    }

    @Override
    public void poked(int received) {
        pokes.add(received);
    }

    @Override
    public void pushReceived(boolean isApplied) {
        (isApplied ? taken : ignored).increment();
    }

    @Override
    public void messageRefused(MessageRefusal why) {
        Objects.requireNonNull(refused.get(why)).increment();
    }

    @Override
    public void leaseLost(LeaseEnd why) {
        Objects.requireNonNull(leasesLost.get(why)).increment();
    }

    @Override
    public void polled(LogPosition applied, long floor, int facts, Duration took) {
        polls.add(took);
        long before = lastFloor.getAndSet(floor);
        if (before != NONE_SEEN && before != floor) {
            floorMoves.increment();
        }
    }

    @Override
    public void pollFailed(RuntimeException failure) {
        failedPolls.increment();
    }

    @Override
    public void canaryProved(int provedNodes) {
        canaryProofs.increment();
    }

    @Override
    public void canaryFailed(String nodeName) {
        canaryFailures.increment();
    }

    private Timing timing(@Nullable SettledBy how) {
        return how == null ? settledAlone : Objects.requireNonNull(settled.get(how));
    }
}
