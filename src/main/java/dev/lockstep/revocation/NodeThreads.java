package dev.lockstep.revocation;

import java.util.concurrent.ScheduledExecutorService;

/**
 * The threads that the node works on. They are the caller's to shut down, after the node is closed.
 *
 * @param feed one thread, for the feed alone
 * @param timer one thread, on which nothing blocks
 * @param reading one thread, which may block while node rows are read
 * @param committing three threads or more, which may block while the store is written
 * @param housekeeping one thread or more, for which no logout waits
 */
public record NodeThreads(
        ScheduledExecutorService feed,
        ScheduledExecutorService timer,
        ScheduledExecutorService reading,
        ScheduledExecutorService committing,
        ScheduledExecutorService housekeeping) {}
