package dev.lockstep.chaos;

import dev.lockstep.chaos.client.Calls;
import dev.lockstep.chaos.client.NodeClient;
import dev.lockstep.chaos.client.Workload;
import dev.lockstep.chaos.cluster.Cluster;
import dev.lockstep.chaos.cluster.StoredKey;
import dev.lockstep.chaos.fault.Injector;
import dev.lockstep.chaos.history.Allowances;
import dev.lockstep.chaos.history.Checker;
import dev.lockstep.chaos.history.Findings;
import dev.lockstep.chaos.history.History;
import java.io.IOException;
import java.io.PrintStream;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * One run: a cluster, clients, faults, then calm, in which everything must work again. Used once,
 * by one thread.
 */
final class Run implements AutoCloseable {

    private static final Duration STORE_TIMEOUT = Duration.ofSeconds(5);
    private static final int WARM_UP_SECONDS = 3;
    private static final int LAST_FOLLOWERS_SECONDS = 9;
    private static final int PATIENCE_SECONDS = 120;

    /** The rest of the time belongs to what is tested, however long the history is. */
    private static final int CHECKING_PERCENT = 5;

    private static final long STEP_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

    private final Options options;
    private final PrintStream log;
    private final History history = new History();
    private final Cluster cluster;
    private final Calls calls;
    private final Workload workload;
    private final Injector injector;
    private final Allowances allowances;
    private final Thread atExit = new Thread(this::end);
    private long nextCheck = System.nanoTime();

    /** @param log is told of what happens */
    Run(Options options, PrintStream log) throws IOException, InterruptedException {
        this.options = options;
        this.log = log;
        this.cluster = Cluster.start(options);
        this.calls = new Calls(cluster.clients(), history, cluster::deleteRow);
        this.workload = new Workload(
                calls, options.seed(), cluster.invented(), options.aim().favourite());
        this.injector = new Injector(cluster, history, options.seed(), options.aim(), workload::endOldOnes, log);
        this.allowances = Allowances.of(cluster.longestLease(), STORE_TIMEOUT);
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    Allowances allowances() {
        return allowances;
    }

    History.Record history() {
        return history.copy();
    }

    Injector injector() {
        return injector;
    }

    Calls calls() {
        return calls;
    }

    /** What the nodes say that they have refused, since each was started. */
    String refusals() throws InterruptedException {
        return "tokens by their tags " + refused("token") + ", copies without a seal " + refused("copy.UNSEALED")
                + ", under another key " + refused("copy.UNKNOWN_KEY") + ", changed or moved "
                + refused("copy.BROKEN") + ", messages " + refused("message.");
    }

    private long refused(String what) throws InterruptedException {
        return cluster.refusals(what).total();
    }

    Findings findings() {
        return Checker.check(history.copy(), allowances);
    }

    /** Waits until all nodes work; then the clients begin. */
    void begin() throws InterruptedException, SQLException {
        awaitHealth();
        StoredKey.of(cluster.database()).age();
        cluster.database().makeTablesDurable();
        workload.start();
    }

    /**
     * Runs the faults, at least for the time asked for and until each kind of fault has struck
     * often enough, at most for twice that time and two minutes.
     *
     * @return whether it ended early because a violation was found
     */
    boolean untilFaultsAreOver(int timesEach) throws InterruptedException {
        long begin = System.nanoTime();
        boolean violated = isViolatedWithin(Duration.ofSeconds(WARM_UP_SECONDS));
        while (!violated && isToGoOn(begin, timesEach)) {
            injector.next();
            violated = isViolatedWithin(Duration.ofMillis(injector.pauseMillis()));
        }
        return violated;
    }

    /**
     * Waits for all repairs, lets the last clients finish, and asks every node about everything
     * once more.
     */
    void calmDown() throws InterruptedException {
        injector.awaitEnd(PATIENCE_SECONDS);
        log.println("all faults are over");
        awaitHealth();
        workload.stop();
        TimeUnit.SECONDS.sleep(LAST_FOLLOWERS_SECONDS);
        awaitEnds();
        workload.sweep();
        TimeUnit.SECONDS.sleep(LAST_FOLLOWERS_SECONDS);
    }

    /** Happens by itself when this JVM is told to end. */
    @Override
    public void close() {
        end();
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException e) {
            // it is running
        }
    }

    private void end() {
        injector.close();
        workload.close();
        cluster.close();
    }

    private boolean isToGoOn(long begin, int timesEach) {
        Duration passed = Duration.ofNanos(System.nanoTime() - begin);
        Duration longest = options.length().multipliedBy(2).plusMinutes(2);
        return passed.compareTo(options.length()) < 0
                || (options.brokenRule().isEmpty() && !injector.hasStruck(timesEach) && passed.compareTo(longest) < 0);
    }

    /**
     * Lets time pass and looks at the history meanwhile; no longer than until a violation shows.
     */
    private boolean isViolatedWithin(Duration time) throws InterruptedException {
        long end = System.nanoTime() + time.toNanos();
        while (System.nanoTime() - end < 0) {
            TimeUnit.NANOSECONDS.sleep(Math.min(STEP_NANOS, end - System.nanoTime()));
            if (System.nanoTime() - nextCheck >= 0 && isViolated()) {
                return true;
            }
        }
        return false;
    }

    private boolean isViolated() {
        long began = System.nanoTime();
        boolean violated = !findings().isPromiseKept();
        long ended = System.nanoTime();
        nextCheck = ended + (ended - began) * 100 / CHECKING_PERCENT;
        return violated;
    }

    private void awaitHealth() throws InterruptedException {
        for (NodeClient node : cluster.clients()) {
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
            while (!isHealthy(node)) {
                if (System.nanoTime() - end > 0) {
                    throw new IllegalStateException("node " + node.node() + " does not recover");
                }
                TimeUnit.MILLISECONDS.sleep(200);
            }
        }
        log.println("all nodes are well");
    }

    private static boolean isHealthy(NodeClient node) throws InterruptedException {
        try {
            return node.send("LIST nobody").get(10, TimeUnit.SECONDS).is("OK");
        } catch (ExecutionException | TimeoutException e) {
            return false;
        }
    }

    private void awaitEnds() throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (calls.hasEndsUnderWay() && System.nanoTime() - end < 0) {
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }
}
