package dev.lockstep.concurrent;

import dev.lockstep.redaction.Redaction;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * A task that must go on whatever happens to one of its runs. A scheduler drops a periodic task,
 * silently and for good, as soon as a run throws; this one lets nothing through, an
 * {@link OutOfMemoryError} neither, and says so at most once a minute.
 *
 * <p>As safe for several threads as the task itself.
 */
public final class Recurring implements Runnable {

    private static final Logger LOG = System.getLogger(Recurring.class.getName());

    private final String what;
    private final Runnable task;
    private final OnceAMinute messages;

    private Recurring(String what, Runnable task, OnceAMinute messages) {
        this.what = what;
        this.task = task;
        this.messages = messages;
    }

    /**
     * Wraps a task, for whoever schedules it himself.
     *
     * @param what completes the sentence "… failed", for people
     */
    public static Recurring of(String what, Runnable task) {
        return of(what, task, new OnceAMinute());
    }

    static Recurring of(String what, Runnable task, OnceAMinute messages) {
        return new Recurring(what, task, messages);
    }

    /**
     * Runs it again and again, for the first time after {@code delay}, then each time {@code delay}
     * after the end of the run before.
     *
     * @param delay positive
     * @return what ends it, by {@link Future#cancel}
     */
    public Future<?> every(Duration delay, ScheduledExecutorService scheduler) {
        return every(delay, delay, scheduler);
    }

    /**
     * {@link #every(Duration, ScheduledExecutorService)}, for the first time after {@code initial},
     * which may be zero.
     */
    public Future<?> every(Duration initial, Duration delay, ScheduledExecutorService scheduler) {
        return scheduler.scheduleWithFixedDelay(this, initial.toNanos(), delay.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Never throws. */
    @Override
    public void run() {
        try {
            task.run();
        } catch (Throwable e) {
            report(e);
        }
    }

    /**
     * Telling of an exhausted heap needs some of it, so this may fail as well; the next run counts
     * more.
     */
    private void report(Throwable failure) {
        try {
            if (messages.isDue()) {
                LOG.log(
                        Level.ERROR,
                        () -> "LOCKSTEP-0215 " + what
                                + " failed, and goes on; this is logged at most once a minute. task=" + what,
                        Redaction.cause(failure, ""));
            }
        } catch (Throwable e) {
            // nothing is left that could be done
        }
    }
}
