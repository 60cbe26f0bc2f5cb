package dev.lockstep.concurrent;

import java.util.List;

/** Tasks of which none is left out. */
public final class Tasks {

    private Tasks() {}

    /**
     * Runs all of them in this order, whatever any of them throws, and throws the first
     * {@link Error} then, or else the first exception.
     */
    public static void runAll(List<Runnable> tasks) {
        RuntimeException exception = null;
        Error error = null;
        for (Runnable task : tasks) {
            try {
                task.run();
            } catch (RuntimeException e) {
                exception = exception == null ? e : exception;
            } catch (Error e) {
                error = error == null ? e : error;
            }
        }
        if (error != null) {
            throw error;
        }
        if (exception != null) {
            throw exception;
        }
    }
}
