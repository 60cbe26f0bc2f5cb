package dev.lockstep.sim.engine;

import java.util.concurrent.ThreadFactory;

/** What a simulated process is given for a factory of threads: it makes executors. */
public final class SimulatedThreads implements ThreadFactory {

    private final Simulation simulation;
    private final SimulatedProcess process;
    private final MachineClock clock;
    private final Choices choices;

    public SimulatedThreads(Simulation simulation, SimulatedProcess process, MachineClock clock, Choices choices) {
        this.simulation = simulation;
        this.process = process;
        this.clock = clock;
        this.choices = choices;
    }

    public TaskExecutor executor(int threads, int queue) {
        return new TaskExecutor(simulation, process, clock, choices, threads, queue);
    }

    @Override
    public Thread newThread(Runnable task) {
        throw new UnsupportedOperationException("a simulation has no threads of its own");
    }
}
