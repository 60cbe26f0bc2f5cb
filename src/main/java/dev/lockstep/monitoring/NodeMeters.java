package dev.lockstep.monitoring;

import dev.lockstep.TokenRefused;
import dev.lockstep.spi.LogPosition;
import dev.lockstep.spi.NodeListener;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Measures what a node does, from the start of its deployment. Its series are all there from the
 * beginning, so that whoever publishes them need not follow it, and rates begin at 0; and they are
 * bounded: a name that a user, a session or another node has is in none of them.
 *
 * <p>Thread-safe, without a lock. No method blocks, and only what publishes can fail.
 */
public final class NodeMeters implements NodeListener {

    private static final String NEAR_BEFORE_ANOTHER = "near";
    private static final long NONE_SEEN = Long.MIN_VALUE;

    private final String cache;
    private final List<MeterSeries> series;
    private final LookupMeters lookups;
    private final RevocationMeters revocations;
    private final SessionMeters sessions;
    private final StoreMeters store;
    private final LongAdder evictions;
    private final AtomicInteger cacheSize = new AtomicInteger();
    private final Map<TokenRefused.Reason, LongAdder> refusedRequests;
    private final Timing polls;
    private final LongAdder failedPolls;
    private final LongAdder floorMoves;
    private final LongAdder canaryProofs;
    private final LongAdder canaryFailures;
    private final AtomicLong lastFloor = new AtomicLong(NONE_SEEN);

    /**
     * @param status where gauges are read; its node is the one that is measured
     * @param cache the name of the one that sessions are kept in; others are not measured
     * @param leases whether the node may hold a lease
     * @param logoutGoal how soon a logout is to be true on every node
     */
    public NodeMeters(NodeStatus status, String cache, boolean leases, Duration logoutGoal) {
        this.cache = cache;
        SeriesList made = new SeriesList();
        lookups = new LookupMeters(made);
        revocations = new RevocationMeters(made, logoutGoal);
        sessions = new SessionMeters(made);
        store = new StoreMeters(made, status);
        evictions = made.counter(Meters.CACHE_EVICTIONS, NEAR_BEFORE_ANOTHER);
        made.gauge(Meters.CACHE_SIZE, cacheSize::get, NEAR_BEFORE_ANOTHER);
        refusedRequests = made.counters(Meters.REQUESTS_REFUSED, TokenRefused.Reason.class);
        polls = made.timer(Meters.POLL_DURATION);
        failedPolls = made.counter(Meters.POLL_FAILURES);
        floorMoves = made.counter(Meters.FLOOR_MOVES);
        canaryProofs = made.counter(Meters.CANARY_PROOFS);
        canaryFailures = made.counter(Meters.CANARY_FAILURES);
        new StatusGauges(status, leases).addTo(made);
        series = made.all();
    }

    /** All series, the same as long as this lives. */
    public List<MeterSeries> series() {
        return series;
    }

    @Override
    public void lookedUp(Source answeredBy, Result result, long nanos) {
        lookups.lookedUp(answeredBy, result, nanos);
    }

    @Override
    public void missed(Source cache) {
        lookups.of(cache).missed();
    }

    @Override
    public void refused(Source cache, Refusal reason) {
        lookups.of(cache).refused(reason);
    }

    @Override
    public void loaded(boolean found, Duration took) {
        lookups.loaded(found, took);
    }

    @Override
    public void stored(Source cache) {
        lookups.of(cache).stored();
    }

    @Override
    public void evicted(String cache) {
        if (isNear(cache)) {
            evictions.increment();
        }
    }

    @Override
    public void swept(String cache, int size) {
        if (isNear(cache)) {
            cacheSize.set(size);
        }
    }

    @Override
    public void requestRefused(TokenRefused.Reason reason) {
        Objects.requireNonNull(refusedRequests.get(reason)).increment();
    }

    @Override
    public void sessionOpened() {
        sessions.opened();
    }

    @Override
    public void sessionRotated() {
        sessions.rotated();
    }

    @Override
    public void sessionsEnded(EndedBy how, int count) {
        sessions.ended(how, count);
    }

    @Override
    public boolean countsSessions() {
        return sessions.isLookedAt();
    }

    @Override
    public void sessionsCounted(long live, Duration took) {
        sessions.counted(live);
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
    public void leaseLost(LeaseEnd why) {
        revocations.leaseLost(why);
    }

    @Override
    public void revocationsCommitted(int calls, Duration took) {
        revocations.committed(calls, took);
    }

    @Override
    public void pushed(int nodes) {
        revocations.pushed(nodes);
    }

    @Override
    public void nodeSettled(String nodeName, SettledBy how, Duration sinceCommit) {
        revocations.nodeSettled(how);
    }

    @Override
    public void revocationsSettled(@Nullable SettledBy how, Duration sinceCommit, @Nullable Throwable failure) {
        revocations.settled(how, sinceCommit, failure);
    }

    @Override
    public void revoked(Duration took, @Nullable Throwable failure) {
        revocations.called(took, failure);
    }

    @Override
    public void fenced(String nodeName) {
        revocations.fenced();
    }

    @Override
    public void learnt(Origin how, Duration lag) {
        revocations.learnt(how, lag);
    }

    @Override
    public void pushReceived(boolean applied) {
        revocations.pushReceived(applied);
    }

    @Override
    public void canaryProved(int nodes) {
        canaryProofs.increment();
    }

    @Override
    public void canaryFailed(String nodeName) {
        canaryFailures.increment();
    }

    @Override
    public void storeCalled(String operation, Duration took, @Nullable Throwable failure) {
        store.called(operation, took, failure);
    }

    @Override
    public void storeDequeued(String queue, Duration waited, QueueExit how) {
        store.dequeued(queue, waited, how);
    }

    @Override
    public void storeTimedOut(String queue) {
        store.timedOut(queue);
    }

    /** A cache in this JVM is the near cache itself. */
    private boolean isNear(String name) {
        return name.equals(NEAR_BEFORE_ANOTHER) || name.equals(cache);
    }
}
