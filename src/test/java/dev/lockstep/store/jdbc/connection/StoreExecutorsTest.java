package dev.lockstep.store.jdbc.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.contract.Concurrently;
import dev.lockstep.contract.HandClock;
import dev.lockstep.contract.RecordedNodeEvents;
import dev.lockstep.spi.NodeClock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How the threads of a store are shared out among the kinds of its work. */
class StoreExecutorsTest {

    private static final Duration LONG = Duration.ofSeconds(30);

    private final RecordedNodeEvents told = new RecordedNodeEvents();
    private final List<Thread> threads = new CopyOnWriteArrayList<>();
    private final CountDownLatch gate = new CountDownLatch(1);
    private final Concurrently concurrently = new Concurrently();
    private final StoreExecutors five = executors(5, NodeClock.SYSTEM);

    @AfterEach
    void end() {
        gate.countDown();
        five.shutdown();
        concurrently.close();
    }

    @ParameterizedTest
    @CsvSource({"5, 1, 1", "7, 3, 1", "8, 1, 2", "16, 9, 2"})
    void readsHaveWhatTheOthersLeaveOfTheThreads(int all, int reads, int others) {
        threads.clear();
        StoreExecutors executors = executors(all, NodeClock.SYSTEM);

        assertThat(executors.reads().threads()).isEqualTo(reads);
        assertThat(List.of(executors.logins(), executors.revocations(), executors.feed()))
                .extracting(StoreExecutor::threads)
                .containsOnly(others);
        assertThat(executors.housekeeping().threads()).isEqualTo(1);
        assertThat(threads).hasSize(all);
        executors.shutdown();
    }

    /** As the meters name them. */
    @Test
    void eachKindOfWorkHasItsQueue() {
        for (StoreExecutor each :
                List.of(five.reads(), five.logins(), five.revocations(), five.feed(), five.housekeeping())) {
            each.call(LONG, deadline -> "done");
        }

        assertThat(told.of("storeQueued"))
                .containsExactly(
                        "storeQueued reads",
                        "storeQueued logins",
                        "storeQueued revocations",
                        "storeQueued feed",
                        "storeQueued housekeeping");
    }

    @Test
    void callsAtWorkAndThoseThatWaitAreCountedOfAllKinds() {
        for (StoreExecutor each : List.of(five.reads(), five.reads(), five.feed(), five.housekeeping())) {
            var unused = concurrently.start(() -> each.call(LONG, deadline -> held()));
        }

        Awaitility.await().until(() -> five.busy() == 3 && five.waiting() == 1);
        gate.countDown();
        Awaitility.await().until(() -> five.busy() == 0 && five.waiting() == 0);
    }

    @Test
    void whoeverEndsTheStoreWaitsForAllItsThreads() {
        var unused = concurrently.start(() -> five.housekeeping().call(LONG, deadline -> held()));
        Awaitility.await().until(() -> five.busy() == 1);
        five.shutdown();
        var opened = concurrently.start(() -> {
            Awaitility.await().until(() -> isWaiting(ending));
            gate.countDown();
            return true;
        });

        ending = Thread.currentThread();
        five.awaitEnd(LONG);

        assertThat(threads).noneMatch(Thread::isAlive);
        assertThat(opened).succeedsWithin(LONG);
    }

    @Test
    void whoeverEndsTheStoreWaitsNoLongerThanTheTimeout() {
        var unused = concurrently.start(() -> five.reads().call(LONG, deadline -> held()));
        Awaitility.await().until(() -> five.busy() == 1);
        five.shutdown();

        five.awaitEnd(Duration.ofMillis(1));

        assertThat(five.busy()).isEqualTo(1);
    }

    @Test
    void whoeverIsInterruptedWhileItEndsTheStoreKeepsItsFlag() {
        var unused = concurrently.start(() -> five.reads().call(LONG, deadline -> held()));
        Awaitility.await().until(() -> five.busy() == 1);
        five.shutdown();

        Thread.currentThread().interrupt();
        five.awaitEnd(LONG);

        assertThat(Thread.interrupted()).isTrue();
        assertThat(five.busy()).isEqualTo(1);
    }

    @Test
    void theDeadlineOfTheEndIsByTheStoresClock() {
        HandClock clock = new HandClock();
        StoreExecutors executors = executors(5, clock);

        assertThat(executors.clock()).isSameAs(clock);
        assertThat(executors.reads().clock()).isSameAs(clock);
        executors.shutdown();
        assertThatThrownBy(() -> executors.feed().call(LONG, deadline -> "late"))
                .hasMessageStartingWith("LOCKSTEP-0104 ");
    }

    private volatile Thread ending;

    private static boolean isWaiting(Thread thread) {
        return thread != null && thread.getState() == Thread.State.TIMED_WAITING;
    }

    private StoreExecutors executors(int all, NodeClock clock) {
        return new StoreExecutors(
                told.listener(),
                all,
                3,
                work -> {
                    Thread thread = new Thread(work, "store");
                    threads.add(thread);
                    return thread;
                },
                clock,
                new Failures("the pool", SqlErrors.STANDARD));
    }

    private String held() throws InterruptedException {
        gate.await();
        return "passed";
    }
}
