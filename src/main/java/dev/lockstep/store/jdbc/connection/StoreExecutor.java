package dev.lockstep.store.jdbc.connection;

import dev.lockstep.StoreUnavailableException;
import dev.lockstep.spi.NodeClock;
import dev.lockstep.spi.NodeListener;
import dev.lockstep.spi.NodeListener.QueueExit;
import java.sql.SQLTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;

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
    private final int queueSize;
    private final ThreadPoolExecutor pool;
    private final NodeClock clock;
    private final Failures failures;
    private final List<Gathering<?, ?>> gatherings = new CopyOnWriteArrayList<>();

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
        this.queueSize = queue;
        this.pool = new ThreadPoolExecutor(
                threads, threads, 0, TimeUnit.MILLISECONDS, new LinkedBlockingQueue<>(queue), factory);
        this.clock = clock;
        this.failures = failures;
        pool.prestartAllCoreThreads();
    }

    /** Something to be done by a deadline, and how to stop it. */
    public interface Job<T> {

        T run(Deadline deadline) throws Exception;

        /** Whether it may be done again where it is not known whether it has been done. */
        default boolean isRepeatable() {
            return true;
        }

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

        /** @param all of one clock; at least one */
        static Deadline latest(List<Deadline> all) {
            return all.stream().reduce((a, b) -> a.nanos - b.nanos < 0 ? b : a).orElseThrow();
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

    /** What a call waits for, and how it stops waiting. */
    interface Answer<T> extends Future<T> {

        /** What it is waiting for just now, for people. */
        String awaited();

        /** The caller has given up. Called by the caller's thread; must not block. */
        void giveUp();
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
        Deadline deadline = deadline(timeout);
        QueuedCall queued = queued();
        Task<T> task = new Task<>(job, deadline, queued);
        submit(task, queued);
        if (patience.compareTo(timeout) < 0 && !isDone(task, patience)) {
            told.accept(job.awaited());
        }
        return await(timeout, deadline, queued, task);
    }

    /**
     * Calls of one kind that are answered together, on these threads.
     *
     * @param errors what the database's failures mean
     * @param together what is done for several: one answer for each, in their order
     */
    public <Q, A> Gathering<Q, A> gathering(
            SqlErrors errors, Gathering.Bounds<Q> bounds, Function<List<Q>, Job<List<A>>> together) {
        Gathering<Q, A> gathering = new Gathering<>(this, errors, bounds, together);
        gatherings.add(gathering);
        return gathering;
    }

    <T> T await(Duration timeout, Deadline deadline, QueuedCall queued, Answer<T> answer) {
        try {
            return answer.get(Math.max(0, deadline.remainingNanos()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            String awaited = answer.awaited();
            answer.giveUp();
            queued.timedOut();
            throw failures.timedOut(timeout, awaited);
        } catch (InterruptedException e) {
            answer.giveUp();
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

    Deadline deadline(Duration timeout) {
        return Deadline.after(clock, timeout);
    }

    QueuedCall queued() {
        return new QueuedCall(name, listener, clock);
    }

    NodeClock clock() {
        return clock;
    }

    int threads() {
        return pool.getMaximumPoolSize();
    }

    /** How many calls may wait. */
    int queueSize() {
        return queueSize;
    }

    /** @throws RejectedExecutionException if the queue is full, or after the shutdown */
    void execute(Runnable work) {
        FutureTask<?> task = new FutureTask<>(work, null);
        pool.execute(task);
        if (pool.isShutdown() && pool.remove(task)) {
            throw new RejectedExecutionException();
        }
    }

    /** Has work go on behind what waits for a thread; false where nothing does, or too much. */
    boolean isPassedOn(Runnable work) {
        if (pool.getQueue().isEmpty()) {
            return false;
        }
        try {
            execute(work);
            return true;
        } catch (RejectedExecutionException e) {
            return false;
        }
    }

    /** Tells of a statement that answers so many calls. */
    void gathered(int calls) {
        listener.storeGathered(name, calls);
    }

    /** Whether it is over, well or not, or nobody waits for it any more. */
    private static boolean isDone(Future<?> task, Duration within) {
        try {
            task.get(within.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | CancellationException e) {
            return true;
        }
        return true;
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

    /** How many threads are at work. */
    int busy() {
        return pool.getActiveCount();
    }

    /** How many calls wait for a thread. */
    int waiting() {
        int alone =
                (int) pool.getQueue().stream().filter(Task.class::isInstance).count();
        return alone + gatherings.stream().mapToInt(Gathering::waiting).sum();
    }

    /**
     * Begins nothing more. What waits in the queue fails with a {@link StoreUnavailableException}.
     */
    void shutdown() {
        gatherings.forEach(Gathering::close);
        pool.shutdown();
        pool.getQueue().removeIf(task -> ((FutureTask<?>) task).cancel(false));
    }

    /** Waits for the threads to end. */
    boolean awaitEnd(Deadline deadline) throws InterruptedException {
        return pool.awaitTermination(Math.max(0, deadline.remainingNanos()), TimeUnit.NANOSECONDS);
    }

    private final class Task<T> extends FutureTask<T> implements Answer<T> {

        private final Job<T> job;

        Task(Job<T> job, Deadline deadline, QueuedCall queued) {
            super(() -> {
                queued.leave(QueueExit.BEGUN);
                return job.run(deadline);
            });
            this.job = job;
        }

        @Override
        public String awaited() {
            return job.awaited();
        }

        @Override
        public void giveUp() {
            cancel(false);
            pool.remove(this);
            job.giveUp();
        }
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
