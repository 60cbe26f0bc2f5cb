package dev.lockstep.sim.engine;

import java.util.concurrent.ThreadFactory;

/** What a simulated process is given for a factory of threads: it makes executors. */
public final class SimulatedThreads implements ThreadFactory {

    private final Simulation simulation;
    private final SimulatedProcess process;
    private final MachineClock clock;
    private final Choices choices;
    private final int most;

    /** @param most how many tasks wait at most where their number is bounded */
    public SimulatedThreads(
            Simulation simulation, SimulatedProcess process, MachineClock clock, Choices choices, int most) {
        this.simulation = simulation;
        this.process = process;
        this.clock = clock;
        this.choices = choices;
        this.most = most;
    }

    public TaskExecutor executor(int threads, int queue) {
        int bound = queue == Integer.MAX_VALUE ? queue : Math.min(queue, most);
        return new TaskExecutor(simulation, process, clock, choices, threads, bound);
    }

    @Override
    public Thread newThread(Runnable task) {
        throw new UnsupportedOperationException("a simulation has no threads of its own");
    }
}
