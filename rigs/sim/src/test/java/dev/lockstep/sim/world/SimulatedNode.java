package dev.lockstep.sim.world;

import dev.lockstep.LockstepException;
import dev.lockstep.SessionManager;
import dev.lockstep.session.SessionNode;
import dev.lockstep.sim.engine.Choices;
import dev.lockstep.sim.engine.MachineClock;
import dev.lockstep.sim.engine.SimulatedProcess;
import dev.lockstep.sim.engine.Simulation;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/** A machine, on which a node runs, and after its end another. */
final class SimulatedNode {

    private static final int REQUEST_THREADS = 16;
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
    private boolean serving;

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
        if (isServing() && busy < REQUEST_THREADS) {
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

    /** Starts a JVM with a node. */
    void start() {
        started++;
        process = new SimulatedProcess(name + "." + started);
        busy = 0;
        serving = false;
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
