package dev.lockstep.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Many clients at once, each a thread that does the same again and again. */
public final class Clients {

    private Clients() {}

    /** One client's work until a moment; how often it was done. */
    @FunctionalInterface
    public interface Client {

        /** @param nanos by {@link System#nanoTime} */
        int workUntil(long nanos) throws Exception;

        /** One that does the same again and again. */
        static Client repeating(Callable<?> work) {
            return end -> {
                int done = 0;
                while (System.nanoTime() - end < 0) {
                    work.call();
                    done++;
                }
                return done;
            };
        }
    }

    /** How often all of them did it in a second. */
    public static double perSecond(int clients, int seconds, Callable<Client> factory) throws Exception {
        List<Client> ready = new ArrayList<>();
        for (int i = 0; i < clients; i++) {
            ready.add(factory.call());
        }
        ExecutorService threads = Executors.newFixedThreadPool(clients);
        try {
            long start = System.nanoTime();
            long end = start + seconds * 1_000_000_000L;
            List<Future<Integer>> working = threads.invokeAll(ready.stream()
                    .<Callable<Integer>>map(it -> () -> it.workUntil(end))
                    .toList());
            int done = 0;
            for (Future<Integer> each : working) {
                done += each.get();
            }
            return done / ((System.nanoTime() - start) / 1e9);
        } finally {
            threads.shutdownNow();
        }
    }
}
