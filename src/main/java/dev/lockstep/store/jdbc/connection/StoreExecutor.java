package dev.lockstep.store.jdbc.connection;

import dev.lockstep.StoreUnavailableException;
import dev.lockstep.spi.NodeClock;
import dev.lockstep.spi.NodeListener;
import dev.lockstep.spi.NodeListener.QueueExit;
import java.sql.SQLTimeoutException;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * A bounded pool of threads with a bounded queue, on which one kind of store work is done, so that
 * no kind starves another.
 *
 * <p>Thread-safe. A caller waits until the deadline and no longer; a call that finds the queue full
 * fails at once. Work whose caller has given up is not begun; if it has begun, what it is waiting
 * for is cancelled, and its result is thrown away. Threads are never interrupted: H2 closes its
 * database file when one of its users is.
 *
 * <p>All threads are made at once, in the context of the deployment, and last as long as the
 * executor. For each thread that is made in the context of a request, and then opens connections,
 * Payara's transaction manager keeps the component that served the request, also when the
 * application is undeployed.
 */
public final class StoreExecutor {

    private final String name;
    private final NodeListener listener;
    private final ThreadPoolExecutor pool;
    private final NodeClock clock;
    private final Failures failures;

    /**
     * Makes its threads.
     *
     * @param name as the listener knows the queue
     * @param queue how many calls may wait for a thread
     */
    public StoreExecutor(
            String name,
            NodeListener listener,
            int threads,
            int queue,
            ThreadFactory factory,
            NodeClock clock,
            Failures failures) {
        this.name = name;
        this.listener = listener;
        this.pool = new ThreadPoolExecutor(
                threads, threads, 0, TimeUnit.MILLISECONDS, new LinkedBlockingQueue<>(queue), factory);
        this.clock = clock;
        this.failures = failures;
        pool.prestartAllCoreThreads();
    }

    /** Something to be done by a deadline, and how to stop it. */
    public interface Job<T> {

        T run(Deadline deadline) throws Exception;

        /** What it is waiting for just now, for people. */
        default String awaited() {
            return "an answer";
        }

        /** The caller has given up. Called by the caller's thread; must not block. */
        default void giveUp() {}
    }

    /**
     * A moment of the monotonic clock after which nobody waits for an answer any more.
     *
     * @param clock measures
     * @param nanos the moment
     */
    public record Deadline(NodeClock clock, long nanos) {

        public static Deadline after(NodeClock clock, Duration timeout) {
            return new Deadline(clock, clock.nanoTime() + timeout.toNanos());
        }

        long remainingNanos() {
            return nanos - clock.nanoTime();
        }

        /** Rounded up, at least 1: drivers take 0 for "no limit". */
        public int remainingMillis() {
            long millis = Math.max(1, (remainingNanos() + 999_999) / 1_000_000);
            return (int) Math.min(millis, Integer.MAX_VALUE / 2);
        }

        /** Fails if it has passed, so that a transaction that nobody waits for is rolled back. */
        public void check() throws SQLTimeoutException {
            if (remainingNanos() <= 0) {
                throw new SQLTimeoutException("the deadline has passed");
            }
        }
    }

    /** Has a job done and waits for it. */
    public <T> T call(Duration timeout, Job<T> job) {
        return call(timeout, job, timeout, awaited -> {});
    }

    /**
     * Has a job done and waits for it.
     *
     * @param patience after which the caller is told what is being waited for, once
     */
    public <T> T call(Duration timeout, Job<T> job, Duration patience, Consumer<String> told) {
        Deadline deadline = Deadline.after(clock, timeout);
        QueuedCall queued = new QueuedCall(name, listener, clock);
        FutureTask<T> task = new FutureTask<>(() -> {
            queued.leave(QueueExit.BEGUN);
            return job.run(deadline);
        });
        submit(task, queued);
        try {
            if (patience.compareTo(timeout) < 0 && !isDone(task, patience)) {
                told.accept(job.awaited());
            }
            return task.get(Math.max(0, deadline.remainingNanos()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            String awaited = job.awaited();
            giveUp(task, job);
            queued.timedOut();
            throw failures.timedOut(timeout, awaited);
        } catch (InterruptedException e) {
            giveUp(task, job);
            queued.leave(QueueExit.ABANDONED);
            Thread.currentThread().interrupt();
            throw Failures.interrupted(e);
        } catch (CancellationException e) {
            queued.leave(QueueExit.ABANDONED);
            throw Failures.closed();
        } catch (ExecutionException e) {
            throw failures.of(e.getCause());
        }
    }

    private static boolean isDone(FutureTask<?> task, Duration within) throws InterruptedException, ExecutionException {
        try {
            task.get(within.toNanos(), TimeUnit.NANOSECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        }
    }

    private void submit(FutureTask<?> task, QueuedCall queued) {
        try {
            pool.execute(task);
        } catch (RejectedExecutionException e) {
            boolean ended = pool.isShutdown();
            queued.leave(ended ? QueueExit.ABANDONED : QueueExit.REFUSED);
            throw ended ? Failures.closed() : Failures.busy();
        }
        if (pool.isShutdown() && pool.remove(task)) {
            queued.leave(QueueExit.ABANDONED);
            throw Failures.closed();
        }
    }

    private void giveUp(FutureTask<?> task, Job<?> job) {
        task.cancel(false);
        pool.remove(task);
        job.giveUp();
    }

    /** How many threads are at work. */
    int busy() {
        return pool.getActiveCount();
    }

    /** How many calls wait for a thread. */
    int waiting() {
        return pool.getQueue().size();
    }

    /**
     * Begins nothing more. What waits in the queue fails with a {@link StoreUnavailableException}.
     */
    void shutdown() {
        pool.shutdown();
        pool.getQueue().removeIf(task -> ((FutureTask<?>) task).cancel(false));
    }

    /** Waits for the threads to end. */
    boolean awaitEnd(Deadline deadline) throws InterruptedException {
        return pool.awaitTermination(Math.max(0, deadline.remainingNanos()), TimeUnit.NANOSECONDS);
    }

    /**
     * One call's way through a queue, as a listener hears of it. It joins when this is made, and
     * leaves once, by whoever takes or abandons it first. Where nobody listens it reads no clock.
     *
     * <p>Thread-safe.
     */
    static final class QueuedCall {

        private final String queue;
        private final NodeListener listener;
        private final NodeClock clock;
        private final long joined;
        private final AtomicBoolean left;

        QueuedCall(String queue, NodeListener listener, NodeClock clock) {
            this.queue = queue;
            this.listener = listener;
            this.clock = clock;
            boolean observed = listener != NodeListener.NONE;
            this.left = new AtomicBoolean(!observed);
            this.joined = observed ? clock.nanoTime() : 0;
            if (observed) {
                listener.storeQueued(queue);
            }
        }

        void leave(QueueExit how) {
            if (left.compareAndSet(false, true)) {
                listener.storeDequeued(queue, Duration.ofNanos(clock.nanoTime() - joined), how);
            }
        }

        void timedOut() {
            leave(QueueExit.ABANDONED);
            listener.storeTimedOut(queue);
        }
    }
}
