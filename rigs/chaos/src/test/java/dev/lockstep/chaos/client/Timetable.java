package dev.lockstep.chaos.client;

import dev.lockstep.chaos.cluster.Daemons;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** When clients do things: later, at a rate, by chance. Thread-safe. */
final class Timetable implements AutoCloseable {

    private final ScheduledExecutorService scheduler = Executors.newScheduledThreadPool(2, Daemons.named("clients"));
    private final Random random;

    Timetable(long seed) {
        random = new Random(seed);
    }

    void later(long millis, Runnable action) {
        var unused = scheduler.schedule(reported(action), millis, TimeUnit.MILLISECONDS);
    }

    void repeat(long periodMicros, Runnable action) {
        var unused = scheduler.scheduleWithFixedDelay(reported(action), 0, periodMicros, TimeUnit.MICROSECONDS);
    }

    CompletableFuture<Void> pause(long millis) {
        CompletableFuture<Void> over = new CompletableFuture<>();
        later(millis, () -> over.complete(null));
        return over;
    }

    /** From 0 to below {@code bound}. */
    int pick(int bound) {
        return random.nextInt(bound);
    }

    int between(int from, int to) {
        return from + random.nextInt(to - from + 1);
    }

    boolean happens(int percent) {
        return random.nextInt(100) < percent;
    }

    @Override
    public void close() {
        scheduler.shutdownNow();
    }

    private static Runnable reported(Runnable action) {
        return () -> {
            try {
                action.run();
            } catch (RuntimeException e) {
                e.printStackTrace();
            }
        };
    }
}
