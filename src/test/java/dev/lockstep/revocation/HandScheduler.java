package dev.lockstep.revocation;

import dev.lockstep.contract.HandClock;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.Delayed;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * A scheduler whose thread is the test's, and whose time is a {@link HandClock}'s: what is due is
 * done in {@link #run}, and what stays in it is a thread that hangs.
 */
public final class HandScheduler extends AbstractExecutorService implements ScheduledExecutorService {

    private final HandClock clock;
    private final PriorityQueue<Task<?>> tasks = new PriorityQueue<>(
            Comparator.<Task<?>>comparingLong(task -> task.due).thenComparing(task -> task.number));
    private long number;

    /** Whether the next task is not taken. */
    public boolean failsOnce;

    public HandScheduler(HandClock clock) {
        this.clock = clock;
    }

    /** Does what is due, and what becomes due by that. */
    public void run() {
        while (isAnythingDue()) {
            tasks.remove().run();
        }
    }

    /** Does the first of what is due, and no more. */
    void runOne() {
        if (isAnythingDue()) {
            tasks.remove().run();
        }
    }

    private boolean isAnythingDue() {
        return !tasks.isEmpty() && tasks.peek().due <= clock.nanoTime();
    }

    /** Lets time pass, and does everything when its time has come. */
    public void advance(Duration by) {
        long end = clock.nanoTime() + by.toNanos();
        run();
        while (!tasks.isEmpty() && tasks.peek().due <= end) {
            clock.advance(Duration.ofNanos(tasks.peek().due - clock.nanoTime()));
            run();
        }
        clock.advance(Duration.ofNanos(end - clock.nanoTime()));
    }

    /** How many tasks have not been done or cancelled. */
    int waiting() {
        return tasks.size();
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
        return schedule(Executors.callable(command), delay, unit);
    }

    @Override
    public <V> ScheduledFuture<V> schedule(Callable<V> callable, long delay, TimeUnit unit) {
        return add(new Task<>(callable, delay, 0, unit));
    }

    @Override
    public ScheduledFuture<?> scheduleAtFixedRate(Runnable command, long initialDelay, long period, TimeUnit unit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public ScheduledFuture<?> scheduleWithFixedDelay(Runnable command, long initialDelay, long delay, TimeUnit unit) {
        return add(new Task<>(Executors.callable(command), initialDelay, delay, unit));
    }

    @Override
    public void execute(Runnable command) {
        var unused = schedule(command, 0, TimeUnit.NANOSECONDS);
    }

    @Override
    public void shutdown() {}

    @Override
    public List<Runnable> shutdownNow() {
        return List.of();
    }

    @Override
    public boolean isShutdown() {
        return false;
    }

    @Override
    public boolean isTerminated() {
        return false;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
        return true;
    }

    private <V> Task<V> add(Task<V> task) {
        if (failsOnce) {
            failsOnce = false;
            throw new OutOfMemoryError("a failure of a test");
        }
        tasks.add(task);
        return task;
    }

    private final class Task<V> extends FutureTask<V> implements ScheduledFuture<V> {

        private final long period;
        private final long number = HandScheduler.this.number++;
        private long due;

        /** @param period from the end of one run to the next; 0 for a single run */
        Task(Callable<V> work, long delay, long period, TimeUnit unit) {
            super(work);
            this.period = unit.toNanos(period);
            this.due = clock.nanoTime() + Math.max(0, unit.toNanos(delay));
        }

        @Override
        public void run() {
            if (period == 0) {
                super.run();
            } else if (runAndReset()) {
                due = clock.nanoTime() + period;
                tasks.add(this);
            }
        }

        @Override
        protected void done() {
            tasks.remove(this);
        }

        @Override
        public long getDelay(TimeUnit unit) {
            return unit.convert(due - clock.nanoTime(), TimeUnit.NANOSECONDS);
        }

        @Override
        public int compareTo(Delayed other) {
            return Long.compare(getDelay(TimeUnit.NANOSECONDS), other.getDelay(TimeUnit.NANOSECONDS));
        }
    }
}
