package dev.lockstep.store.jdbc.connection;

import dev.lockstep.pool.DriverFailure;
import dev.lockstep.spi.NodeListener.QueueExit;
import dev.lockstep.store.jdbc.connection.StoreExecutor.Deadline;
import dev.lockstep.store.jdbc.connection.StoreExecutor.Job;
import dev.lockstep.store.jdbc.connection.StoreExecutor.QueuedCall;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Calls that are answered together: while as many statements are under way as there may be, what
 * comes gathers for the next one. A call that comes while there are fewer goes at once, alone.
 *
 * <p>A call joins only what is not sent yet, so it sees all that was committed before it came. Each
 * has a deadline of its own, and fails alone: one that gives up leaves the others theirs, and those
 * that the database refuses together, rather than being out of reach, are asked again in halves,
 * down to the one that it refuses.
 *
 * <p>A statement that gets no answer holds its lane until the last of its callers has given up. So
 * that a few dead connections don't hold up all who come, another lane is begun once nothing has
 * moved for a while.
 *
 * <p>Thread-safe. All state is guarded by this object's lock, which is never held during I/O.
 * Whatever waits has a lane that will take it: whoever comes while there are too few begins one,
 * and a lane ends only when it finds nothing, or too many lanes, under that lock.
 *
 * @param <Q> what is asked
 * @param <A> the answer
 */
public final class Gathering<Q, A> {

    /** Far longer than a statement takes, and short beside any deadline. */
    private static final long STALLED_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final StoreExecutor executor;
    private final SqlErrors errors;
    private final Bounds<Q> bounds;
    private final int mostLanes;
    private final Function<List<Q>, Job<List<A>>> together;
    private final Deque<Call> waiting = new ArrayDeque<>();
    private int lanes;
    private long moved;
    private boolean closed;

    Gathering(StoreExecutor executor, SqlErrors errors, Bounds<Q> bounds, Function<List<Q>, Job<List<A>>> together) {
        this.executor = executor;
        this.errors = errors;
        this.bounds = bounds;
        this.mostLanes = Math.min(bounds.lanes, executor.threads());
        this.together = together;
        this.moved = executor.clock().nanoTime();
    }

    /**
     * How much is done together.
     *
     * @param lanes how many statements are under way at a time, unless they stall
     * @param most the weight that one statement has at most, unless a single call has more
     * @param weight of a call, at least 1
     */
    public record Bounds<Q>(int lanes, int most, ToIntFunction<Q> weight) {

        /** Where all calls weigh the same. */
        public static <Q> Bounds<Q> of(int lanes, int most) {
            return new Bounds<>(lanes, most, asked -> 1);
        }
    }

    /** Has a call answered, perhaps together with others, and waits for it. */
    public A call(Duration timeout, Q asked) {
        Call call = new Call(asked, executor.deadline(timeout), executor.queued());
        join(call);
        return executor.await(timeout, call.deadline, call.queued, call);
    }

    private void join(Call call) {
        boolean begins = false;
        boolean full = false;
        boolean over;
        synchronized (this) {
            over = closed;
            if (!over) {
                begins = lanes < mostLanes || isStalled();
                full = !begins && waiting.size() >= executor.queueSize();
            }
            if (!over && !full) {
                waiting.add(call);
                lanes += begins ? 1 : 0;
            }
        }
        if (over) {
            call.queued.leave(QueueExit.ABANDONED);
            throw Failures.closed();
        }
        if (full) {
            call.queued.leave(QueueExit.REFUSED);
            throw Failures.busy();
        }
        if (begins) {
            begin();
        }
    }

    private boolean isStalled() {
        return lanes < executor.threads() && executor.clock().nanoTime() - moved > STALLED_NANOS;
    }

    private void begin() {
        try {
            executor.execute(this::run);
        } catch (RejectedExecutionException e) {
            leaveToOthers();
        }
    }

    /** What waits fails only if no lane is left that would take it. */
    private void leaveToOthers() {
        List<Call> left = List.of();
        synchronized (this) {
            lanes--;
            if (lanes == 0) {
                left = List.copyOf(waiting);
                waiting.clear();
            }
        }
        for (Call call : left) {
            call.queued.leave(QueueExit.REFUSED);
            call.completeExceptionally(Failures.busy());
        }
    }

    /** Others of the executor's have their turn between two groups. */
    private void run() {
        do {
            Group group = next();
            if (group != null) {
                answer(group, group.calls);
            }
        } while (isMoreToDo() && !executor.isPassedOn(this::run));
    }

    private synchronized @Nullable Group next() {
        List<Call> calls = new ArrayList<>();
        int weight = 0;
        while (!waiting.isEmpty()) {
            weight += bounds.weight.applyAsInt(waiting.element().asked);
            if (weight > bounds.most && !calls.isEmpty()) {
                break;
            }
            calls.add(waiting.remove());
        }
        moved = executor.clock().nanoTime();
        return calls.isEmpty() ? null : new Group(calls);
    }

    private synchronized boolean isMoreToDo() {
        moved = executor.clock().nanoTime();
        boolean more = !waiting.isEmpty() && lanes <= mostLanes;
        lanes -= more ? 0 : 1;
        return more;
    }

    /** @return why the database could not be reached; null if it could */
    private @Nullable Throwable answer(Group group, List<Call> calls) {
        Job<List<A>> job = group.begin(calls);
        try {
            List<A> answers = job.run(group.deadline);
            for (int i = 0; i < calls.size(); i++) {
                calls.get(i).complete(answers.get(i));
            }
            return null;
        } catch (Throwable e) {
            return isRefusal(job, e) ? refused(group, calls, e) : failed(calls, e);
        }
    }

    private @Nullable Throwable refused(Group group, List<Call> calls, Throwable failure) {
        int half = calls.size() / 2;
        if (half == 0) {
            failed(calls, failure);
            return null;
        }
        List<Call> rest = calls.subList(half, calls.size());
        Throwable away = answer(group, calls.subList(0, half));
        return away == null ? answer(group, rest) : failed(rest, away);
    }

    private static <T extends Throwable> T failed(List<? extends CompletableFuture<?>> calls, T failure) {
        calls.forEach(call -> call.completeExceptionally(failure));
        return failure;
    }

    /** What was read may be odd, too: a row that somebody changed by hand. */
    private boolean isRefusal(Job<?> job, Throwable failure) {
        return failure instanceof InexpressibleException
                || (failure instanceof SQLException e && errors.isRefusal(DriverFailure.within(e)))
                || (failure instanceof RuntimeException && job.isRepeatable());
    }

    /** Fails what is not sent yet, and what comes later. */
    void close() {
        List<Call> left;
        synchronized (this) {
            closed = true;
            left = List.copyOf(waiting);
            waiting.clear();
        }
        left.forEach(call -> call.cancel(false));
    }

    /** How many calls wait for a statement. */
    synchronized int waiting() {
        return waiting.size();
    }

    /** Those that one lane has taken, and what is being done for some of them. */
    private final class Group {

        private final List<Call> calls;
        private final Deadline deadline;
        private int present;
        private @Nullable Job<List<A>> job;

        Group(List<Call> calls) {
            this.calls = calls;
            this.deadline =
                    Deadline.latest(calls.stream().map(call -> call.deadline).toList());
            this.present = calls.size();
            for (Call call : calls) {
                call.group = this;
                call.queued.leave(QueueExit.BEGUN);
            }
            executor.gathered(calls.size());
        }

        Job<List<A>> begin(List<Call> some) {
            Job<List<A>> begun =
                    together.apply(some.stream().map(call -> call.asked).toList());
            synchronized (Gathering.this) {
                job = begun;
            }
            return begun;
        }
    }

    private final class Call extends CompletableFuture<A> implements StoreExecutor.Answer<A> {

        private final Q asked;
        private final Deadline deadline;
        private final QueuedCall queued;
        private @Nullable Group group;

        Call(Q asked, Deadline deadline, QueuedCall queued) {
            this.asked = asked;
            this.deadline = deadline;
            this.queued = queued;
        }

        @Override
        public String awaited() {
            synchronized (Gathering.this) {
                Job<List<A>> job = group == null ? null : group.job;
                return job == null ? "a thread of the store" : job.awaited();
            }
        }

        @Override
        public void giveUp() {
            Job<List<A>> unwanted = null;
            synchronized (Gathering.this) {
                if (group == null) {
                    waiting.remove(this);
                } else if (--group.present == 0) {
                    unwanted = group.job;
                }
            }
            if (unwanted != null) {
                unwanted.giveUp();
            }
        }
    }
}
