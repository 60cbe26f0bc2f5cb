package dev.lockstep.sim.engine;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * An executor of a simulated process: so many tasks at a time, in the order in which they are due,
 * each begun a little late, now and then much.
 */
public final class TaskExecutor extends AbstractExecutorService implements ScheduledExecutorService {

    private static final long USUAL = TimeUnit.MICROSECONDS.toNanos(20);
    private static final long LATE = TimeUnit.MILLISECONDS.toNanos(2);
    private static final long LATEST = TimeUnit.MILLISECONDS.toNanos(200);

    private final Simulation simulation;
    private final SimulatedProcess process;
    private final MachineClock clock;
    private final Choices choices;
    private final int threads;
    private final int bound;
    private final Deque<Task<?>> ready = new ArrayDeque<>();
    private int busy;
    private boolean shutdown;

    TaskExecutor(
            Simulation simulation,
            SimulatedProcess process,
            MachineClock clock,
            Choices choices,
            int threads,
            int bound) {
        this.simulation = simulation;
        this.process = process;
        this.clock = clock;
        this.choices = choices;
        this.threads = threads;
        this.bound = bound;
    }

    @Override
    public void execute(Runnable command) {
        schedule(command, 0, TimeUnit.NANOSECONDS);
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
        return schedule(command, delay, 0, unit);
    }

    @Override
    public <V> ScheduledFuture<V> schedule(Callable<V> callable, long delay, TimeUnit unit) {
        return add(new Task<>(this, callable, 0), unit.toNanos(delay));
    }

    @Override
    public ScheduledFuture<?> scheduleWithFixedDelay(Runnable command, long initial, long delay, TimeUnit unit) {
        return schedule(command, initial, unit.toNanos(delay), unit);
    }

    @Override
    public ScheduledFuture<?> scheduleAtFixedRate(Runnable command, long initial, long period, TimeUnit unit) {
        throw new UnsupportedOperationException("nothing in the product does");
    }

    private ScheduledFuture<Object> schedule(Runnable command, long delay, long period, TimeUnit unit) {
        return add(
                new Task<>(
                        this,
                        () -> {
                            command.run();
                            return Task.NOTHING;
                        },
                        period),
                unit.toNanos(delay));
    }

    private <V> Task<V> add(Task<V> task, long delay) {
        if (shutdown || ready.size() >= bound) {
            throw new RejectedExecutionException("full, or shut down");
        }
        again(task, delay);
        return task;
    }

    /** @param delay by the machine's clock */
    void again(Task<?> task, long delay) {
        if (delay <= 0) {
            becomeReady(task);
        } else {
            simulation.inBrief(clock.really(delay), process, () -> becomeReady(task));
        }
    }

    private void becomeReady(Task<?> task) {
        if (!shutdown && !task.isDone()) {
            ready.add(task);
            dispatch();
        }
    }

    private void dispatch() {
        if (busy < threads && !ready.isEmpty()) {
            busy++;
            Task<?> next = ready.remove();
            simulation.in(lateness(), process, () -> run(next));
        }
    }

    private void run(Task<?> task) {
        try {
            task.runOnce();
        } finally {
            busy--;
            dispatch();
        }
    }

    private long lateness() {
        int percent = choices.below(100);
        return choices.upTo(percent < 90 ? USUAL : percent < 99 ? LATE : LATEST);
    }

    boolean isOpen() {
        return !shutdown;
    }

    @Override
    public void shutdown() {
        shutdown = true;
    }

    @Override
    public List<Runnable> shutdownNow() {
        shutdown = true;
        List<Runnable> left = new ArrayList<>();
        ready.forEach(task -> left.add(task::runOnce));
        ready.clear();
        return left;
    }

    @Override
    public boolean isShutdown() {
        return shutdown;
    }

    @Override
    public boolean isTerminated() {
        return shutdown && busy == 0;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
        return isTerminated();
    }

    @Override
    public java.util.concurrent.Future<?> submit(Runnable task) {
        return schedule(task, 0, TimeUnit.NANOSECONDS);
    }
}
