package dev.lockstep.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Runs several things at the same time and fails as the first of them that failed. */
public final class Concurrently implements AutoCloseable {

    private static final int SECONDS = 60;

    private final ExecutorService threads = Executors.newCachedThreadPool();

    /** Lets all begin at the same moment, waits for all, and returns their results in order. */
    public <T> List<T> run(List<? extends Callable<T>> tasks) throws Exception {
        CyclicBarrier start = new CyclicBarrier(tasks.size());
        List<Future<T>> futures = new ArrayList<>();
        for (Callable<T> task : tasks) {
            futures.add(threads.submit(() -> {
                start.await(SECONDS, TimeUnit.SECONDS);
                return task.call();
            }));
        }
        List<T> results = new ArrayList<>();
        for (Future<T> future : futures) {
            results.add(future.get(SECONDS, TimeUnit.SECONDS));
        }
        return results;
    }

    /** Runs one thing beside the caller. */
    public <T> Future<T> start(Callable<T> task) {
        return threads.submit(task);
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
