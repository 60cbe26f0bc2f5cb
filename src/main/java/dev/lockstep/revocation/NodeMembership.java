package dev.lockstep.revocation;

import dev.lockstep.concurrent.Recurring;
import dev.lockstep.spi.LogConnection;
import dev.lockstep.spi.NodeClock;
import dev.lockstep.spi.NodeListener;
import dev.lockstep.spi.RevocationChannel;
import dev.lockstep.spi.RevocationLog;
import dev.lockstep.spi.RevocationLog.NodeRow;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A node's part in a revocation log: its registration, its feed, its trimming. Started and left
 * once each.
 */
final class NodeMembership {

    /** A tenth of the log's retention, so that it holds a tenth more than it must. */
    private static final Duration TRIM_PERIOD = Duration.ofMinutes(1);
    /** For listeners alone: logouts read the rows of the nodes anyway. */
    private static final Duration LISTING_PERIOD = Duration.ofMinutes(1);

    private static final Logger LOG = System.getLogger(NodeMembership.class.getName());

    private final RevocationLog log;
    private final LogConnection direct;
    private final RevocationSettings settings;
    private final CurrentFacts current;
    private final NodeClock clock;
    private final NodeThreads threads;
    private final NodeListener observer;
    private final @Nullable SingleNode single;
    private final Feed feed;
    private final Recurring reading;

    /** @param direct null where the store has no way without a change of threads */
    NodeMembership(
            RevocationLog log,
            @Nullable LogConnection direct,
            RevocationSettings settings,
            CurrentFacts current,
            NodeClock clock,
            NodeThreads threads,
            NodeListener observer) {
        this.log = log;
        this.direct = direct == null ? LogConnection.of(log) : direct;
        this.settings = settings;
        this.current = current;
        this.clock = clock;
        this.threads = threads;
        this.observer = observer;
        this.single = settings.single() ? new SingleNode(log, current::isOwn, clock) : null;
        this.feed = new Feed(
                log,
                current,
                settings.nodeName(),
                settings.lease(),
                settings.facts(),
                clock,
                new SingleNodeSlot(single),
                observer);
        this.reading = Recurring.of("The reading of the revocation log", feed::tick);
    }

    /** What a channel tells of other nodes' revocations. */
    Pokes poked(LeaseWaits waits, RevocationChannel channel) {
        return new Pokes(current, feed, waits, () -> threads.feed().execute(reading), direct, channel, clock, observer);
    }

    void start() {
        List<NodeRow> others = register();
        startFeed();
        startTrimming();
        startListing();
        if (single != null) {
            single.ensureNoneAlive(others);
        }
    }

    /** Ends the lease and deletes the row, on the feed's thread, after whatever it is doing. */
    void leave() throws Exception {
        threads.feed().submit(feed::close).get(settings.storeDeadline().toMillis(), TimeUnit.MILLISECONDS);
    }

    /**
     * Where the store can't be reached, the feed registers later; only a single node must know at
     * once.
     */
    private List<NodeRow> register() {
        try {
            return feed.register().others();
        } catch (RuntimeException e) {
            if (single != null) {
                throw e;
            }
            return List.of();
        }
    }

    private void startFeed() {
        var unused = reading.every(Duration.ZERO, settings.poll(), threads.feed());
    }

    private void startTrimming() {
        Trimmer trimmer = new Trimmer(log, feed::applied, clock);
        var unused = Recurring.of("The trimming of the revocation log", trimmer::tick)
                .every(TRIM_PERIOD, threads.housekeeping());
    }

    private void startListing() {
        if (observer != NodeListener.NONE) {
            var unused =
                    Recurring.of("The listing of nodes", this::listNodes).every(LISTING_PERIOD, threads.housekeeping());
        }
    }

    private void listNodes() {
        try {
            observer.nodesListed(log.nodes().rows().size());
        } catch (RuntimeException e) {
            LOG.log(Level.DEBUG, "The nodes could not be listed; the next attempt is a minute away.", e);
        }
    }
}
