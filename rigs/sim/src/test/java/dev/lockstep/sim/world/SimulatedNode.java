package dev.lockstep.sim.world;

import dev.lockstep.LockstepException;
import dev.lockstep.SessionManager;
import dev.lockstep.session.SessionNode;
import dev.lockstep.sim.engine.Choices;
import dev.lockstep.sim.engine.MachineClock;
import dev.lockstep.sim.engine.SimulatedProcess;
import dev.lockstep.sim.engine.Simulation;
import dev.lockstep.sim.store.Fate;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/** A machine, on which a node runs, and after its end another. */
final class SimulatedNode {

    private static final int REQUEST_THREADS = 16;
    /** With those that are kept free for whoever insists. */
    private static final int ALL_THREADS = 48;

    private static final long LINGERING = 10_000_000_000L;
    private static final long QUICKEST_RESTART = 10_000_000;
    private static final long LATEST_RESTART = 8_000_000_000L;

    private final World world;
    private final Simulation simulation;
    private final String name;
    private final Plan.NodePlan plan;
    private final MachineClock clock;
    private final Choices choices;
    private final Trouble trouble;
    private int started;
    private int busy;
    private SimulatedProcess process;
    private @Nullable SessionNode node;
    private @Nullable SessionNode former;
    private boolean serving;
    private Optional<Fate.Kind> cut = Optional.empty();

    SimulatedNode(World world, int number, Plan.NodePlan plan, Choices choices) {
        this.world = world;
        this.simulation = world.simulation();
        this.name = "node" + number;
        this.plan = plan;
        this.choices = choices;
        this.trouble = world.newTrouble();
        this.clock = new MachineClock(simulation, plan.rate(), choices.nextLong() >> 8);
        this.process = new SimulatedProcess(name);
    }

    String name() {
        return name;
    }

    SimulatedProcess process() {
        return process;
    }

    MachineClock clock() {
        return clock;
    }

    Plan.NodePlan plan() {
        return plan;
    }

    Duration lease() {
        return plan.lease();
    }

    /** Of its own, such as a connection that breaks. */
    Trouble trouble() {
        return trouble;
    }

    boolean isServing() {
        return serving && !process.isDead() && !process.isStopped();
    }

    /** Has one of its request threads do something, if one is idle. */
    void request(Runnable work) {
        request(work, REQUEST_THREADS);
    }

    /** The same where most of them are busy. */
    void insist(Runnable work) {
        request(work, ALL_THREADS);
    }

    private void request(Runnable work, int threads) {
        if (isServing() && busy < threads) {
            busy++;
            SimulatedProcess of = process;
            simulation.in(0, of, () -> {
                try {
                    work.run();
                } catch (OutOfMemoryError | RejectedExecutionException e) {
                    simulation.mark(6); // the request fails, as its deployment may be over
                } finally {
                    busy -= of == process ? 1 : 0;
                }
            });
        }
    }

    SessionNode node() {
        SessionNode running = node;
        if (running == null) {
            throw new IllegalStateException(name + " does not run");
        }
        return running;
    }

    SessionManager manager() {
        return node().manager();
    }

    /** A deployment that was closed a moment ago, and may still be asked by who came before. */
    Optional<SessionManager> former() {
        return Optional.ofNullable(former).map(SessionNode::manager);
    }

    /** How calls of the store end while this node is cut off from it. */
    Optional<Fate.Kind> cut() {
        return cut;
    }

    /**
     * Cuts it off from the store for a while.
     *
     * @param fromAll whether from the channel as well
     */
    void cutOff(long duration, Fate.Kind how, boolean fromAll) {
        SimulatedProcess of = process;
        trouble.until(duration);
        cut = Optional.of(how);
        of.cutOff(fromAll);
        simulation.in(duration, null, () -> {
            cut = Optional.empty();
            of.cutOff(false);
        });
    }

    /** Starts a JVM with a node. */
    void start() {
        started++;
        process = new SimulatedProcess(name + "." + started);
        busy = 0;
        serving = false;
        former = null;
        simulation.in(0, process, this::deploy);
    }

    /** One that fails to start ends its JVM. */
    private void deploy() {
        trouble.now();
        try {
            DeployedNode deployment = new DeployedNode(world, this, choices.split());
            node = deployment.node();
            deployment.start();
            serving = true;
            simulation.say(() -> "serves");
        } catch (LockstepException | OutOfMemoryError e) {
            kill();
        }
        trouble.now();
    }

    /** kill -9, and a restart later. */
    void kill() {
        serving = false;
        trouble.until(LATEST_RESTART);
        simulation.kill(process);
        simulation.in(choices.spread(QUICKEST_RESTART, LATEST_RESTART), null, this::start);
    }

    /** Suspends the machine: its monotonic clock stands still. */
    void suspend(long duration) {
        if (!process.isStopped() && !process.isDead()) {
            trouble.until(duration);
            simulation.stop(process, duration);
            clock.stand(true);
            simulation.in(duration, null, () -> clock.stand(false));
        }
    }

    /** The container closes the deployment, and opens it again, while requests are served. */
    void redeploy() {
        if (isServing()) {
            SessionNode closing = node();
            simulation.in(0, process, () -> {
                simulation.say(() -> "is redeployed");
                trouble.now();
                close(closing);
                former = closing;
                simulation.in(LINGERING, null, () -> former = former == closing ? null : former);
                serving = false;
                deploy();
            });
        }
    }

    private void close(SessionNode closing) {
        try {
            closing.close();
        } catch (OutOfMemoryError e) {
            simulation.mark(8);
        }
    }
}
