package dev.lockstep.monitoring;

import dev.lockstep.spi.NodeListener.LeaseEnd;
import dev.lockstep.spi.NodeListener.Origin;
import dev.lockstep.spi.NodeListener.SettledBy;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** Counts and times revocations, those made here and those learnt of. Thread-safe. */
final class RevocationMeters {

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
    private final LongAdder taken;
    private final LongAdder ignored;
    private final Map<LeaseEnd, LongAdder> leasesLost;

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
        taken = series.counter(Meters.CHANNEL_RECEIVED, "applied");
        ignored = series.counter(Meters.CHANNEL_RECEIVED, "ignored");
        leasesLost = series.counters(Meters.LEASE_LOST, LeaseEnd.class);
    }

    void committed(int calls, Duration took) {
        committed.add(calls);
        commits.add(took);
    }

    void settled(@Nullable SettledBy how, Duration sinceCommit, @Nullable Throwable failure) {
        (failure == null ? timing(how) : unconfirmed).add(sinceCommit);
        (failure == null && sinceCommit.compareTo(goal) <= 0 ? inTime : late).increment();
    }

    void nodeSettled(SettledBy how) {
        Objects.requireNonNull(nodes.get(how)).increment();
    }

    void called(Duration took, @Nullable Throwable failure) {
        (failure == null ? succeeded : failed).add(took);
    }

    void learnt(Origin how, Duration lag) {
        Objects.requireNonNull(lags.get(how)).add(lag);
    }

    void fenced() {
        fenced.increment();
    }

    void pushed(int nodes) {
        sent.increment();
        expected.add(nodes);
    }

    void pushReceived(boolean isApplied) {
        (isApplied ? taken : ignored).increment();
    }

    void leaseLost(LeaseEnd why) {
        Objects.requireNonNull(leasesLost.get(why)).increment();
    }

    private Timing timing(@Nullable SettledBy how) {
        return how == null ? settledAlone : Objects.requireNonNull(settled.get(how));
    }
}
