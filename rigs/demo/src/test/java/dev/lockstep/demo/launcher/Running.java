package dev.lockstep.demo.launcher;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Callable;

/**
 * What was started and has to be stopped, last first. Thread-safe: whatever {@link #add} started
 * before or while the shutdown hook calls {@link #close} is stopped, and nothing is started after
 * it.
 */
final class Running implements AutoCloseable {

    private final Deque<AutoCloseable> started = new ArrayDeque<>();
    private boolean closed;

    synchronized <T extends AutoCloseable> T add(Callable<T> starter) throws Exception {
        if (closed) {
            throw new DemoFailed("it is being stopped");
        }
        T resource = starter.call();
        started.push(resource);
        return resource;
    }

    /** Stops everything, however many times it is called, and returns when all is stopped. */
    @Override
    public synchronized void close() {
        closed = true;
        if (!started.isEmpty()) {
            System.out.println("\nStopping ...");
        }
        while (!started.isEmpty()) {
            close(started.pop());
        }
    }

    private static void close(AutoCloseable resource) {
        try {
            resource.close();
        } catch (Exception e) {
            System.err.println("demo: while stopping: " + e);
        }
    }
}
