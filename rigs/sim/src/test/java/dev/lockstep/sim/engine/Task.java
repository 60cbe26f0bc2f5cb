package dev.lockstep.sim.engine;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Delayed;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** What an executor was given; as with the JDK's, what it throws stays in it. */
final class Task<V> extends CompletableFuture<V> implements ScheduledFuture<V> {

    static final Object NOTHING = new Object();

    private final TaskExecutor executor;
    private final Callable<V> work;
    private final long period;

    /** @param period from the end of one run to the next; 0 for a single run */
    Task(TaskExecutor executor, Callable<V> work, long period) {
        this.executor = executor;
        this.work = work;
        this.period = period;
    }

    void runOnce() {
        if (isDone()) {
            return;
        }
        try {
            V value = work.call();
            if (period == 0) {
                complete(value);
            } else if (executor.isOpen()) {
                executor.again(this, period);
            }
        } catch (Killed e) {
            throw e;
        } catch (Throwable e) {
            completeExceptionally(e);
        }
    }

    @Override
    public long getDelay(TimeUnit unit) {
        throw new UnsupportedOperationException("nothing in the product asks");
    }

    @Override
    public int compareTo(Delayed other) {
        throw new UnsupportedOperationException("nothing in the product asks");
    }
}
