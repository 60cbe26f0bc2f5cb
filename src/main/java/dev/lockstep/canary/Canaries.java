package dev.lockstep.canary;

import dev.lockstep.LockstepException;
import dev.lockstep.concurrent.Recurring;
import dev.lockstep.spi.NodeListener;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * The canaries of one node, as time passes: it opens its own, and watches those of all. All of it
 * is done by one thread.
 */
public final class Canaries implements AutoCloseable {

    /** More often would say no more, and every node reads the store some ten times each. */
    public static final Duration SHORTEST_PERIOD = Duration.ofSeconds(5);

    public static final Duration LONGEST_PERIOD = Duration.ofHours(1);

    private static final Logger LOG = System.getLogger(Canaries.class.getName());

    private final CanaryStore store;
    private final Duration period;
    private final ScheduledExecutorService thread;
    private final CanaryIssuer issuer;
    private final CanaryWatch watch;
    private final Recurring tick = Recurring.of("The proof that logouts are true", this::tick);

    /**
     * @param node the name of this node, for people
     * @param period between {@link #SHORTEST_PERIOD} and {@link #LONGEST_PERIOD}
     * @param thread one thread, which may block while the store is at work
     */
    public Canaries(
            CanaryStore store, String node, Duration period, ScheduledExecutorService thread, NodeListener observer) {
        this.store = store;
        this.period = period;
        this.thread = thread;
        this.watch = new CanaryWatch(store, observer, period);
        this.issuer = new CanaryIssuer(store, node, period, watch::judge);
    }

    public void start() {
        schedule(Duration.ZERO);
    }

    /** Opens no more. The thread is its owner's to end. */
    @Override
    public void close() {
        issuer.close();
    }

    private void tickAndGoOn() {
        tick.run();
        schedule(CanaryTimes.untilNextLook(store.storeMillis(), period));
    }

    private void tick() {
        try {
            watch.look();
            issuer.turn();
        } catch (LockstepException e) {
            LOG.log(Level.DEBUG, "The store did not answer about canaries; a later look goes on.", e);
        }
    }

    private void schedule(Duration delay) {
        try {
            var unused = thread.schedule(this::tickAndGoOn, delay.toNanos(), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            // the application ends
        }
    }
}
