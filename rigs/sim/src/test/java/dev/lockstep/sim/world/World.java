package dev.lockstep.sim.world;

import dev.lockstep.sim.check.Register;
import dev.lockstep.sim.check.Violation;
import dev.lockstep.sim.engine.Choices;
import dev.lockstep.sim.engine.EventTrace;
import dev.lockstep.sim.engine.SimulatedProcess;
import dev.lockstep.sim.engine.Simulation;
import dev.lockstep.sim.fault.CallFates;
import dev.lockstep.sim.fault.Coverage;
import dev.lockstep.sim.fault.Disturbances;
import dev.lockstep.sim.fault.FaultKind;
import dev.lockstep.sim.fault.FaultPlan;
import dev.lockstep.sim.net.SharedCopies;
import dev.lockstep.sim.net.Wire;
import dev.lockstep.sim.store.NodeStore;
import dev.lockstep.sim.store.SimulatedServer;
import dev.lockstep.sim.weave.SeededRandom;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Nodes, a database and clients, from a seed to the end. */
public final class World implements Disturbances.Harms {

    static final String APPLICATION = "simulated";

    private static final long SECOND = 1_000_000_000;
    private static final long WATCH = 10_000_000;

    private final Simulation simulation;
    private final Plan plan;
    private final Choices choices;
    private final Register register = new Register();
    private final Counts counts = new Counts();
    private final FaultPlan faults;
    private final SimulatedServer server;
    private final SharedCopies sharedCopies = new SharedCopies();
    private final Wire<byte[]> pushes;
    private final Wire<String> pokes;
    private final List<SimulatedNode> nodes = new ArrayList<>();
    private final Visitors visitors;
    private final StoreHarms storeHarms;
    private final Trouble trouble;
    private final Recovery recovery;

    /**
     * @param leftOut the numbers of the harms that are not done
     * @param worded whether the trace is to be read
     * @param aim what is done most, by its spelling; empty for nothing in particular
     */
    public World(long seed, BitSet leftOut, boolean worded, String aim) {
        SeededRandom.seed(seed);
        choices = new Choices(seed);
        plan = Plan.of(choices.split(), aim);
        faults = new FaultPlan(choices.split(), leftOut, aim, never());
        Disturbances disturbances = new Disturbances(faults);
        simulation = new Simulation(new EventTrace(worded), disturbances);
        disturbances.begin(simulation, this);
        server = new SimulatedServer(simulation, choices.split(), plan.waitsForDisk());
        pushes = new Wire<>(simulation, faults, Changes::ofBytes);
        pokes = new Wire<>(simulation, faults, Changes::ofText);
        trouble = newTrouble();
        for (int i = 0; i < plan.nodes().size(); i++) {
            nodes.add(new SimulatedNode(this, i, plan.nodes().get(i), choices.split()));
        }
        visitors = new Visitors(this, choices.split());
        storeHarms = new StoreHarms(this, server, visitors);
        recovery = new Recovery(this);
    }

    /** Runs it. */
    public void run() throws InterruptedException {
        simulation.say(() -> plan.toString());
        if (plan.oldKey()) {
            storeHarms.makeOldKey();
        }
        nodes.forEach(SimulatedNode::start);
        visitors.begin();
        storeHarms.begin();
        watch();
        simulation.in(SECOND, null, this::rage);
        simulation.in(plan.length().toNanos(), null, this::calmDown);
        simulation.run();
        counts.steps = simulation.steps();
        counts.virtualNanos = simulation.nanos();
        counts.faults = faults.coverage().total();
    }

    /** When sessions end is told by a clock; with one that jumps nobody knows. */
    private Set<FaultKind> never() {
        return plan.lives().areShort() ? EnumSet.of(FaultKind.STORE_CLOCK) : EnumSet.noneOf(FaultKind.class);
    }

    /** The store's clock. */
    long storeMillis() {
        return server.millis();
    }

    /** Ends with the first violation. */
    private void watch() {
        if (register.first() != null) {
            end();
        } else {
            simulation.in(WATCH, null, this::watch);
        }
    }

    void end() {
        register.close();
        simulation.end();
    }

    private void rage() {
        if (simulation.nanos() < plan.length().toNanos()) {
            faults.rage(true);
            simulation.in(choices.spread(3 * SECOND, 20 * SECOND), null, this::rest);
        }
    }

    private void rest() {
        faults.rage(false);
        simulation.in(choices.spread(SECOND / 2, 10 * SECOND), null, this::rage);
    }

    private void calmDown() {
        faults.rage(false);
        recovery.begin();
    }

    Simulation simulation() {
        return simulation;
    }

    Plan plan() {
        return plan;
    }

    FaultPlan faults() {
        return faults;
    }

    Register register() {
        return register;
    }

    Counts counts() {
        return counts;
    }

    Visitors visitors() {
        return visitors;
    }

    StoreHarms storeHarms() {
        return storeHarms;
    }

    SharedCopies sharedCopies() {
        return sharedCopies;
    }

    Wire<byte[]> pushes() {
        return pushes;
    }

    Wire<String> pokes() {
        return pokes;
    }

    List<SimulatedNode> nodes() {
        return nodes;
    }

    SimulatedNode anyNode() {
        return choices.oneOf(nodes);
    }

    /** Of all, such as a database that is down. */
    Trouble trouble() {
        return trouble;
    }

    Trouble newTrouble() {
        return new Trouble(simulation, 2 * plan.storeTimeout().toNanos() + 15 * SECOND);
    }

    NodeStore storeOf(SimulatedNode node) {
        return new NodeStore(
                simulation,
                server,
                node.clock(),
                plan.storeTimeout(),
                new CallFates(faults, choices.split(), node.trouble()::now, node::cut),
                plan.limits());
    }

    private SimulatedNode nodeOf(SimulatedProcess process) {
        return nodes.stream()
                .filter(node -> node.process() == process)
                .findFirst()
                .orElseThrow();
    }

    @Override
    public void kill(SimulatedProcess process) {
        nodeOf(process).kill();
    }

    @Override
    public void suspend(SimulatedProcess process, long duration) {
        nodeOf(process).suspend(duration);
    }

    @Override
    public void trouble(SimulatedProcess process) {
        nodeOf(process).trouble().now();
    }

    public Counts totals() {
        return counts;
    }

    public Coverage coverage() {
        return faults.coverage();
    }

    public int harms() {
        return faults.numbers();
    }

    public List<Violation> violations() {
        return register.violations();
    }

    public EventTrace trace() {
        return simulation.trace();
    }
}
