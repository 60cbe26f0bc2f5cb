package dev.lockstep.monitoring;

import dev.lockstep.monitoring.LastTimes.Kind;
import dev.lockstep.monitoring.NodeSnapshot.BreakerState;
import dev.lockstep.monitoring.NodeSnapshot.CanaryState;
import dev.lockstep.monitoring.NodeSnapshot.ChannelState;
import dev.lockstep.monitoring.NodeSnapshot.LeaseState;
import dev.lockstep.monitoring.NodeSnapshot.LogState;
import dev.lockstep.monitoring.NodeSnapshot.RevocationState;
import dev.lockstep.monitoring.NodeSnapshot.StoreState;
import dev.lockstep.monitoring.NodeSnapshot.WaitedOut;
import dev.lockstep.spi.LogPosition;
import dev.lockstep.spi.NodeClock;
import dev.lockstep.spi.NodeListener;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what a node is now, from what it tells its listeners. Nothing here only grows: counting is
 * for meters. It hears nothing of look-ups, so a hit costs nothing.
 *
 * <p>Thread-safe: each thing that is kept is one reference to what is immutable, one atomic number,
 * or thread-safe itself.
 */
public final class NodeStatus implements NodeListener {

    private final String application;
    private final String nodeName;
    private final String cache;
    private final NodeClock clock;

    private final LastTimes times;
    private final Map<String, Breakers> breakers = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> queues = new ConcurrentHashMap<>();
    private final AtomicInteger missing = new AtomicInteger();
    private final AwaitedNodes awaited;
    private final AtomicReference<@Nullable Waited> waited = new AtomicReference<>();
    private volatile @Nullable Grant grant;
    private volatile Reading reading = new Reading(new LogPosition(0, 0), new LogPosition(0, 0));
    private volatile Memory memory = new Memory(0, 0);
    private volatile int nodes;
    private volatile Channel channel = new Channel("none", false);
    private volatile boolean channelUp;
    private volatile @Nullable Duration took;
    private volatile @Nullable String canaryFailedOn;

    /**
     * @param nodeName identifies this node to people
     * @param cache the one that {@code lockstep.cache} chooses
     */
    public NodeStatus(String application, String nodeName, String cache, NodeClock clock) {
        this.application = application;
        this.nodeName = nodeName;
        this.cache = cache;
        this.clock = clock;
        this.times = new LastTimes(clock);
        this.awaited = new AwaitedNodes(clock);
    }

    /**
     * Which channel the node has. Nothing that it tells its listeners says so.
     *
     * @param name {@code none} where there is none
     * @param pokes whether it can be told when it hears the other nodes
     */
    public void channelOpened(String name, boolean pokes) {
        channel = new Channel(name, pokes);
    }

    /** What the node is at this moment. Never blocks. */
    public NodeSnapshot now() {
        return new NodeSnapshot(
                application,
                nodeName,
                nodes,
                lease(),
                log(),
                cache,
                breakerStates(),
                queueLengths(),
                store(),
                channel(),
                revocations(),
                new CanaryState(times.since(Kind.CANARY_PROVED), times.since(Kind.CANARY_FAILED), canaryFailedOn));
    }

    /** As {@link #now} tells it, alone: for whoever asks often. */
    public LeaseState lease() {
        Grant present = grant;
        return new LeaseState(present == null ? null : present.left(clock), times.since(Kind.LEASE_LOST));
    }

    @Override
    public void leaseGranted(Duration remaining) {
        grant = new Grant(clock.nanoTime() + remaining.toNanos(), clock.wallMillis() + remaining.toMillis());
    }

    @Override
    public void leaseLost(LeaseEnd why) {
        grant = null;
        times.happened(Kind.LEASE_LOST);
    }

    @Override
    public void logRead(LogPosition applied, LogPosition head) {
        reading = new Reading(applied, head);
    }

    @Override
    public void polled(LogPosition applied, long floor, int facts, Duration took) {
        memory = new Memory(floor, facts);
        times.happened(Kind.POLLED);
    }

    @Override
    public void pollFailed(RuntimeException failure) {
        times.happened(Kind.POLL_FAILED);
    }

    @Override
    public void nodesListed(int nodes) {
        this.nodes = nodes;
    }

    @Override
    public void breaker(String cache, boolean reads, boolean open) {
        breakers.merge(cache, Breakers.CLOSED.with(reads, open), (before, first) -> before.with(reads, open));
    }

    @Override
    public void storeCalled(String operation, Duration took, @Nullable Throwable failure) {
        times.happened(failure == null ? Kind.STORE_ANSWERED : Kind.STORE_FAILED);
    }

    @Override
    public void storeQueued(String queue) {
        queue(queue).incrementAndGet();
    }

    @Override
    public void storeDequeued(String queue, Duration waited, QueueExit how) {
        queue(queue).decrementAndGet();
        if (how == QueueExit.REFUSED) {
            times.happened(Kind.STORE_REFUSED);
        }
    }

    @Override
    public void storeTimedOut(String queue) {
        times.happened(Kind.STORE_TIMED_OUT);
    }

    @Override
    public void pushed(int nodes) {
        times.happened(Kind.PUSHED);
    }

    @Override
    public void pushReceived(boolean applied) {
        times.happened(Kind.PUSH_RECEIVED);
    }

    @Override
    public void channel(boolean isUp) {
        channelUp = isUp;
    }

    @Override
    public void nodeAwaited(String nodeName, Duration atMost) {
        awaited.began(nodeName, atMost);
    }

    @Override
    public void nodeUnsettled(String nodeName) {
        awaited.ended(nodeName);
    }

    @Override
    public void nodeSettled(String nodeName, SettledBy how, Duration sinceCommit) {
        awaited.ended(nodeName);
        if (how == SettledBy.ACKNOWLEDGED) {
            missing.set(0);
            times.happened(Kind.ACKNOWLEDGED);
        } else if (how != SettledBy.GONE && times.since(Kind.PUSHED) != null) {
            missing.incrementAndGet();
        }
        if (how == SettledBy.WAITED_OUT) {
            waited.set(new Waited(nodeName, clock.nanoTime(), sinceCommit, false));
        }
    }

    @Override
    public void fenced(String nodeName) {
        waited.updateAndGet(last -> last != null && last.nodeName.equals(nodeName) ? last.asFenced() : last);
    }

    @Override
    public void canaryProved(int nodes) {
        times.happened(Kind.CANARY_PROVED);
    }

    @Override
    public void canaryFailed(String nodeName) {
        canaryFailedOn = nodeName;
        times.happened(Kind.CANARY_FAILED);
    }

    @Override
    public void revoked(Duration took, @Nullable Throwable failure) {
        if (failure == null) {
            this.took = took;
            times.happened(Kind.REVOKED);
        } else {
            times.happened(Kind.REVOCATION_FAILED);
        }
    }

    private AtomicInteger queue(String name) {
        return queues.computeIfAbsent(name, unknown -> new AtomicInteger());
    }

    private LogState log() {
        Reading read = reading;
        Memory kept = memory;
        return new LogState(
                times.since(Kind.POLLED),
                times.since(Kind.POLL_FAILED),
                read.applied,
                read.head,
                kept.floor,
                kept.facts);
    }

    private Map<String, BreakerState> breakerStates() {
        Map<String, BreakerState> states = new TreeMap<>();
        breakers.forEach((name, present) -> states.put(name, present.state()));
        return states;
    }

    private Map<String, Integer> queueLengths() {
        Map<String, Integer> lengths = new TreeMap<>();
        queues.forEach((name, length) -> lengths.put(name, length.get()));
        return lengths;
    }

    private StoreState store() {
        return new StoreState(
                times.since(Kind.STORE_ANSWERED),
                times.since(Kind.STORE_FAILED),
                times.since(Kind.STORE_TIMED_OUT),
                times.since(Kind.STORE_REFUSED));
    }

    private ChannelState channel() {
        Channel chosen = channel;
        return new ChannelState(
                chosen.name,
                chosen.pokes,
                times.since(Kind.PUSHED),
                times.since(Kind.ACKNOWLEDGED),
                times.since(Kind.PUSH_RECEIVED),
                missing.get(),
                channelUp);
    }

    private RevocationState revocations() {
        Waited last = waited.get();
        return new RevocationState(
                took,
                times.since(Kind.REVOKED),
                times.since(Kind.REVOCATION_FAILED),
                last == null ? null : last.asOf(clock),
                awaited.now());
    }

    /** A lease by both clocks: the monotonic one stands still while a machine is suspended. */
    private record Grant(long endNanos, long endWallMillis) {

        @Nullable
        Duration left(NodeClock clock) {
            Duration left = Duration.ofNanos(endNanos - clock.nanoTime());
            Duration byWall = Duration.ofMillis(endWallMillis - clock.wallMillis());
            Duration shorter = left.compareTo(byWall) < 0 ? left : byWall;
            return shorter.isNegative() || shorter.isZero() ? null : shorter;
        }
    }

    private record Channel(String name, boolean pokes) {}

    private record Reading(LogPosition applied, LogPosition head) {}

    private record Memory(long floor, int facts) {}

    private record Waited(String nodeName, long atNanos, Duration took, boolean fenced) {

        WaitedOut asOf(NodeClock clock) {
            return new WaitedOut(nodeName, Duration.ofNanos(clock.nanoTime() - atNanos), took, fenced);
        }

        Waited asFenced() {
            return new Waited(nodeName, atNanos, took, true);
        }
    }

    private record Breakers(boolean readsOpen, boolean writesOpen) {

        static final Breakers CLOSED = new Breakers(false, false);

        Breakers with(boolean reads, boolean open) {
            return reads ? new Breakers(open, writesOpen) : new Breakers(readsOpen, open);
        }

        BreakerState state() {
            return readsOpen ? BreakerState.OPEN : writesOpen ? BreakerState.READ_ONLY : BreakerState.CLOSED;
        }
    }
}
