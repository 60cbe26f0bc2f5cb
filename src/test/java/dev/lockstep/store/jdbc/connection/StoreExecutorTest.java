package dev.lockstep.store.jdbc.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.StoreUnavailableException;
import dev.lockstep.contract.Concurrently;
import dev.lockstep.contract.RecordedNodeEvents;
import dev.lockstep.spi.NodeClock;
import dev.lockstep.spi.NodeListener;
import dev.lockstep.spi.NodeListener.QueueExit;
import dev.lockstep.store.jdbc.connection.StoreExecutor.Deadline;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Deadlines, the bounded queue, and what becomes of work that nobody waits for any more. */
class StoreExecutorTest {

    private static final int QUEUE = 3;
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Duration SHORT = Duration.ofMillis(50);

    private final List<Thread> threads = new ArrayList<>();
    private final RecordedNodeEvents told = new RecordedNodeEvents();
    private final StoreExecutor executor = new StoreExecutor(
            "reads",
            told.listener(),
            1,
            QUEUE,
            work -> {
                Thread thread = new Thread(work, "executor");
                threads.add(thread);
                return thread;
            },
            NodeClock.SYSTEM,
            new Failures("the pool", SqlErrors.STANDARD));
    private final Concurrently concurrently = new Concurrently();
    private final CountDownLatch gate = new CountDownLatch(1);
    private final CountDownLatch begun = new CountDownLatch(1);

    @AfterEach
    void openTheGate() {
        gate.countDown();
        executor.shutdown();
        concurrently.close();
    }

    @Test
    void workIsDoneOnAThreadOfTheFactory() {
        Thread worker = executor.call(LONG, deadline -> Thread.currentThread());

        assertThat(threads).containsExactly(worker);
    }

    @Test
    void aCallerWaitsNoLongerThanTheTimeout() {
        assertThatThrownBy(() -> executor.call(SHORT, deadline -> pass()))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageStartingWith("LOCKSTEP-0101 ");
    }

    @Test
    void workOfACallerWhoGaveUpIsNotBegun() {
        AtomicBoolean done = new AtomicBoolean();
        var unused = concurrently.start(() -> executor.call(LONG, deadline -> pass()));
        awaitBegun();

        assertThatThrownBy(() -> executor.call(SHORT, deadline -> done.getAndSet(true)))
                .isInstanceOf(StoreUnavailableException.class);
        gate.countDown();

        String after = executor.call(LONG, deadline -> "after");
        assertThat(after).isEqualTo("after");
        assertThat(done).isFalse();
    }

    @Test
    void workUnderWayIsToldThatItsCallerGaveUpAndItsThreadIsFreeAgain() {
        AtomicBoolean told = new AtomicBoolean();
        StoreExecutor.Job<String> job = new StoreExecutor.Job<>() {
            @Override
            public String run(Deadline deadline) throws Exception {
                return pass();
            }

            @Override
            public void giveUp() {
                told.set(true);
            }
        };

        assertThatThrownBy(() -> executor.call(SHORT, job)).isInstanceOf(StoreUnavailableException.class);

        assertThat(told).isTrue();
        assertThat(executor.busy()).isEqualTo(1);
        gate.countDown();
        Awaitility.await().until(() -> executor.busy() == 0);
    }

    @Test
    void aThreadIsNeverInterrupted() {
        AtomicBoolean interrupted = new AtomicBoolean();
        assertThatThrownBy(() -> executor.call(SHORT, deadline -> {
                    pass();
                    interrupted.set(Thread.currentThread().isInterrupted());
                    return true;
                }))
                .isInstanceOf(StoreUnavailableException.class);
        executor.shutdown();
        gate.countDown();

        Awaitility.await().until(() -> executor.busy() == 0);
        assertThat(interrupted).isFalse();
    }

    @Test
    void aFullQueueRefusesAtOnce() {
        var unused = concurrently.start(() -> executor.call(LONG, deadline -> pass()));
        awaitBegun();
        for (int i = 0; i < QUEUE; i++) {
            var alsoUnused = concurrently.start(() -> executor.call(LONG, deadline -> "late"));
        }
        Awaitility.await().until(() -> executor.waiting() == QUEUE);

        assertThatThrownBy(() -> executor.call(LONG, deadline -> "late")).hasMessageStartingWith("LOCKSTEP-0102 ");
    }

    @Test
    void eachCallIsToldWhenItJoinsAndWhenItLeavesTheQueue() {
        executor.call(LONG, deadline -> "passed");
        assertThat(told.take()).containsExactly("storeQueued reads", "storeDequeued reads BEGUN");

        assertThatThrownBy(() -> executor.call(SHORT, deadline -> pass()))
                .isInstanceOf(StoreUnavailableException.class);
        assertThat(told.take())
                .containsExactly("storeQueued reads", "storeDequeued reads BEGUN", "storeTimedOut reads");

        assertThatThrownBy(() -> executor.call(SHORT, deadline -> "late"))
                .isInstanceOf(StoreUnavailableException.class);
        assertThat(told.take())
                .containsExactly("storeQueued reads", "storeDequeued reads ABANDONED", "storeTimedOut reads");
    }

    @Test
    void aCallThatFindsTheQueueFullOrTheStoreClosedLeavesAtOnce() {
        var unused = concurrently.start(() -> executor.call(LONG, deadline -> pass()));
        awaitBegun();
        for (int i = 0; i < QUEUE; i++) {
            var alsoUnused = concurrently.start(() -> executor.call(LONG, deadline -> "late"));
        }
        Awaitility.await().until(() -> executor.waiting() == QUEUE);
        told.take();

        assertThatThrownBy(() -> executor.call(LONG, deadline -> "late")).isInstanceOf(StoreUnavailableException.class);
        assertThat(told.take()).containsExactly("storeQueued reads", "storeDequeued reads REFUSED");

        executor.shutdown();
        Awaitility.await().until(() -> told.of("storeDequeued").size() == QUEUE);
        assertThat(told.take()).hasSize(QUEUE).containsOnly("storeDequeued reads ABANDONED");

        assertThatThrownBy(() -> executor.call(LONG, deadline -> "late")).isInstanceOf(StoreUnavailableException.class);
        assertThat(told.take()).containsExactly("storeQueued reads", "storeDequeued reads ABANDONED");
    }

    @Test
    void anInterruptedCallerKeepsItsFlag() throws Exception {
        Future<Boolean> flag = concurrently.start(() -> {
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> executor.call(LONG, deadline -> pass()))
                    .isInstanceOf(StoreUnavailableException.class)
                    .hasMessageStartingWith("LOCKSTEP-0103 ");
            return Thread.currentThread().isInterrupted();
        });

        assertThat(flag.get()).isTrue();
    }

    @Test
    void afterShutdownNothingIsBegunAndWhatWaitsFails() {
        var unused = concurrently.start(() -> executor.call(LONG, deadline -> pass()));
        awaitBegun();
        Future<String> waiting = concurrently.start(() -> executor.call(LONG, deadline -> "late"));
        Awaitility.await().until(() -> executor.waiting() == 1);

        executor.shutdown();

        assertThatThrownBy(waiting::get).hasMessageContaining("LOCKSTEP-0104 ");
        assertThatThrownBy(() -> executor.call(LONG, deadline -> "late")).hasMessageStartingWith("LOCKSTEP-0104 ");
        gate.countDown();
        Awaitility.await().untilAsserted(() -> assertThat(threads).noneMatch(Thread::isAlive));
    }

    @Test
    void whatFailsSaysWhyWithoutTheValues() {
        SQLException failure = new SQLException("Key (digest)=(\\xdeadbeef) already exists", "23505");

        assertThatThrownBy(() -> executor.call(LONG, deadline -> {
                    throw failure;
                }))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageStartingWith("LOCKSTEP-0105 ")
                .hasMessageContaining("23505")
                .hasStackTraceContaining("StoreExecutorTest")
                .satisfies(thrown -> assertThat(thrown).hasStackTraceContaining("details withheld"))
                .satisfies(thrown -> assertThat(stackTrace(thrown)).doesNotContain("deadbeef"));
    }

    private static String stackTrace(Throwable thrown) {
        java.io.StringWriter text = new java.io.StringWriter();
        thrown.printStackTrace(new java.io.PrintWriter(text));
        return text.toString();
    }

    private String pass() throws InterruptedException {
        begun.countDown();
        gate.await();
        return "passed";
    }

    private void awaitBegun() {
        Awaitility.await().until(() -> begun.getCount() == 0);
    }

    @Test
    void theQueueReadsNoClockWhereNobodyListens() {
        assertThatCode(() -> {
                    StoreExecutor.QueuedCall call =
                            new StoreExecutor.QueuedCall("reads", NodeListener.NONE, new UnreadableClock());
                    call.leave(QueueExit.BEGUN);
                    call.timedOut();
                })
                .doesNotThrowAnyException();
    }

    private static final class UnreadableClock implements NodeClock {

        @Override
        public long nanoTime() {
            throw new AssertionError("read");
        }

        @Override
        public long wallMillis() {
            throw new AssertionError("read");
        }
    }
}
