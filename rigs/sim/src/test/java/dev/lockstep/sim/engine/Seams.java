package dev.lockstep.sim.engine;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** What woven code calls in place of the JDK. Outside of a simulation it is the JDK's. */
public final class Seams {

    private Seams() {}

    public static void at(int point) {
        if (Simulation.isRunning()) {
            Simulation.current().points().at(point);
        }
    }

    public static void enter(Object monitor) {
        if (Simulation.isRunning()) {
            Simulation.current().monitors().enter(monitor);
        }
    }

    public static void exit(Object monitor) {
        if (Simulation.isRunning()) {
            Simulation.current().monitors().exit(monitor);
        }
    }

    public static <T> @Nullable T join(CompletableFuture<T> future) {
        await(future, -1);
        return future.join();
    }

    public static <T> @Nullable T get(Future<T> future) throws ExecutionException, InterruptedException {
        await((CompletableFuture<T>) future, -1);
        return future.get();
    }

    public static <T> @Nullable T get(Future<T> future, long timeout, TimeUnit unit)
            throws ExecutionException, InterruptedException, TimeoutException {
        await((CompletableFuture<T>) future, unit.toNanos(timeout));
        return future.get(0, unit);
    }

    /** @param timeout negative for none */
    private static void await(CompletableFuture<?> future, long timeout) {
        if (future.isDone() || !Simulation.isRunning()) {
            return;
        }
        Simulation simulation = Simulation.current();
        Waiting waiting = simulation.waiting();
        var unused = future.whenComplete((value, failure) -> simulation.wake(waiting));
        if (timeout >= 0) {
            simulation.inBrief(timeout, waiting.process, () -> simulation.wake(waiting));
        }
        simulation.suspend(waiting);
    }

    public static void parkNanos(long nanos) {
        Simulation.current().sleep(nanos);
    }

    /** In the order of entering, and not of what objects are called in this JVM. */
    public static <T> Set<T> newKeySet() {
        return new CopyOnWriteArraySet<>();
    }

    /** The same order each time. */
    public static <T> Set<T> copyOf(Collection<T> some) {
        return Collections.unmodifiableSet(new LinkedHashSet<>(new ArrayList<>(some)));
    }

    public static ScheduledExecutorService scheduler(int threads, ThreadFactory factory) {
        return ((SimulatedThreads) factory).executor(threads, Integer.MAX_VALUE);
    }

    public static ExecutorService pool(int threads, int queue, ThreadFactory factory) {
        return ((SimulatedThreads) factory).executor(threads, queue);
    }
}
