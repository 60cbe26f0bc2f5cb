package dev.lockstep.store.jdbc.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.LockstepException;
import dev.lockstep.StoreUnavailableException;
import dev.lockstep.contract.Concurrently;
import dev.lockstep.contract.HandClock;
import dev.lockstep.contract.RecordedNodeEvents;
import dev.lockstep.store.jdbc.connection.Gathering.Bounds;
import dev.lockstep.store.jdbc.connection.StoreExecutor.Deadline;
import dev.lockstep.store.jdbc.connection.StoreExecutor.Job;
import java.sql.SQLException;
import java.sql.SQLIntegrityConstraintViolationException;
import java.sql.SQLNonTransientConnectionException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which calls are answered together, and what becomes of each. */
class GatheringTest {

    private static final int QUEUE = 40;
    private static final int THREADS = 3;
    private static final int MOST = 8;
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Duration SHORT = Duration.ofMillis(50);

    private final HandClock clock = new HandClock();
    private final RecordedNodeEvents told = new RecordedNodeEvents();
    private final StoreExecutor executor = new StoreExecutor(
            "reads",
            told.listener(),
            THREADS,
            QUEUE,
            Executors.defaultThreadFactory(),
            clock,
            new Failures("the pool", SqlErrors.STANDARD));
    private final Concurrently concurrently = new Concurrently();
    private final CountDownLatch gate = new CountDownLatch(1);
    private final List<List<String>> asked = new CopyOnWriteArrayList<>();
    private final AtomicInteger givenUp = new AtomicInteger();
    private final Gathering<String, String> oneLane = gathering(1);

    @AfterEach
    void end() {
        gate.countDown();
        executor.shutdown();
        concurrently.close();
    }

    @Test
    void aCallThatFindsNothingUnderWayGoesAloneAtOnce() {
        assertThat(oneLane.call(LONG, "a")).isEqualTo("A");
        assertThat(oneLane.call(LONG, "b")).isEqualTo("B");

        assertThat(asked).containsExactly(List.of("a"), List.of("b"));
    }

    /** So nobody joins what was sent before. */
    @Test
    void whatComesWhileAStatementIsUnderWayIsAnsweredTogetherBehindIt() throws Exception {
        Future<String> underWay = held(oneLane);
        List<Future<String>> gathered = waiting(oneLane, "a", "b", "c");
        gate.countDown();

        assertThat(underWay.get()).isEqualTo("HOLD");
        assertThat(gathered.get(0).get()).isEqualTo("A");
        assertThat(gathered.get(1).get()).isEqualTo("B");
        assertThat(gathered.get(2).get()).isEqualTo("C");
        assertThat(asked).containsExactly(List.of("hold"), List.of("a", "b", "c"));
        assertThat(told.of("storeGathered")).containsExactly("storeGathered reads 1", "storeGathered reads 3");
        assertThat(told.of("storeDequeued")).hasSize(4).containsOnly("storeDequeued reads BEGUN");
    }

    @Test
    void aStatementHasNoMoreThanItsBound() throws Exception {
        held(oneLane);
        String[] many = IntStream.range(0, 2 * MOST + 1).mapToObj(i -> "q" + i).toArray(String[]::new);
        List<Future<String>> gathered = waiting(oneLane, many);
        gate.countDown();

        for (int i = 0; i < many.length; i++) {
            assertThat(gathered.get(i).get()).isEqualTo("Q" + i);
        }
        assertThat(asked).extracting(List::size).containsExactly(1, MOST, MOST, 1);
    }

    @Test
    void whatWeighsMoreThanTheBoundGoesAlone() throws Exception {
        Gathering<String, String> weighing =
                executor.gathering(SqlErrors.STANDARD, new Bounds<>(1, 10, String::length), this::answering);
        held(weighing);
        List<Future<String>> gathered = waiting(weighing, "12345", "12345", "more than ten", "1");
        gate.countDown();

        assertThat(gathered.get(2).get()).isEqualTo("MORE THAN TEN");
        assertThat(gathered.get(3).get()).isEqualTo("1");
        assertThat(asked)
                .containsExactly(List.of("hold"), List.of("12345", "12345"), List.of("more than ten"), List.of("1"));
    }

    @Test
    void everyRacingCallerHasItsOwnAnswer() throws Exception {
        Gathering<String, String> lanes = gathering(2);
        List<Callable<Boolean>> callers = Stream.iterate(0, i -> i + 1)
                .limit(32)
                .<Callable<Boolean>>map(caller -> () -> {
                    for (int i = 0; i < 300; i++) {
                        assertThat(lanes.call(LONG, caller + "q" + i)).isEqualTo(caller + "Q" + i);
                    }
                    return true;
                })
                .toList();

        assertThat(concurrently.run(callers)).hasSize(32).containsOnly(true);
        assertThat(asked.stream().mapToInt(List::size).sum()).isEqualTo(32 * 300);
        assertThat(lanes.waiting()).isZero();
        Awaitility.await().until(() -> executor.busy() == 0);
        assertThat(lanes.call(LONG, "after")).isEqualTo("AFTER");
    }

    @Test
    void oneThatIsRefusedFailsAlone() throws Exception {
        held(oneLane);
        List<Future<String>> gathered = waiting(oneLane, "a", "bad", "c", "d");
        gate.countDown();

        assertThat(gathered.get(0).get()).isEqualTo("A");
        assertThatThrownBy(gathered.get(1)::get)
                .hasCauseInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining("LOCKSTEP-0105 ");
        assertThat(gathered.get(2).get()).isEqualTo("C");
        assertThat(gathered.get(3).get()).isEqualTo("D");
    }

    @Test
    void oneWhoseAnswerCannotBeReadFailsAlone() throws Exception {
        held(oneLane);
        List<Future<String>> gathered = waiting(oneLane, "odd", "b");
        gate.countDown();

        assertThatThrownBy(gathered.get(0)::get)
                .hasCauseInstanceOf(LockstepException.class)
                .hasMessageContaining("LOCKSTEP-0106 ");
        assertThat(gathered.get(1).get()).isEqualTo("B");
    }

    @Test
    void whereTheDatabaseIsAwayNothingIsTriedAgain() throws Exception {
        held(oneLane);
        List<Future<String>> gathered = waiting(oneLane, "bad", "away", "c", "d");
        gate.countDown();

        assertThatThrownBy(gathered.get(0)::get).hasMessageContaining("LOCKSTEP-0105 ");
        for (Future<String> unanswered : gathered.subList(1, 4)) {
            assertThatThrownBy(unanswered::get).hasMessageContaining("LOCKSTEP-0122 ");
        }
        assertThat(asked)
                .containsExactly(
                        List.of("hold"),
                        List.of("bad", "away", "c", "d"),
                        List.of("bad", "away"),
                        List.of("bad"),
                        List.of("away"));
    }

    @Test
    void aCallerThatGivesUpIsNotAskedForAndTheOthersAre() throws Exception {
        held(oneLane);
        List<Future<String>> gathered = waiting(oneLane, "a");

        assertThatThrownBy(() -> oneLane.call(SHORT, "late"))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageStartingWith("LOCKSTEP-0101 ")
                .hasMessageContaining("a thread of the store");
        gate.countDown();

        assertThat(gathered.get(0).get()).isEqualTo("A");
        assertThat(asked).containsExactly(List.of("hold"), List.of("a"));
    }

    @Test
    void aStatementIsGivenUpOnceTheLastOfItsCallersHas() throws Exception {
        held(oneLane);
        List<Future<String>> gathered = waiting(oneLane, "hold too", "b");
        Thread[] callers = {null, null};
        Future<String> first = concurrently.start(() -> {
            callers[0] = Thread.currentThread();
            return oneLane.call(LONG, "c");
        });
        Awaitility.await().until(() -> oneLane.waiting() == 3);
        CountDownLatch second = new CountDownLatch(1);
        held = second;
        gate.countDown();
        Awaitility.await().until(() -> asked.size() == 2);

        callers[0].interrupt();
        assertThatThrownBy(first::get).hasMessageContaining("LOCKSTEP-0103 ");
        assertThat(givenUp).hasValue(0);

        gathered.forEach(caller -> caller.cancel(true));
        Awaitility.await().until(() -> givenUp.get() == 1);
        second.countDown();
    }

    @Test
    void aFullQueueRefusesAtOnce() throws Exception {
        held(oneLane);
        waiting(oneLane, IntStream.range(0, QUEUE).mapToObj(i -> "q" + i).toArray(String[]::new));

        assertThatThrownBy(() -> oneLane.call(LONG, "late")).hasMessageStartingWith("LOCKSTEP-0102 ");
        assertThat(told.of("storeDequeued")).contains("storeDequeued reads REFUSED");
    }

    @Test
    void aLaneThatFindsNoThreadFailsWhatWaitsForIt() throws Exception {
        for (int i = 0; i < THREADS; i++) {
            var unused = concurrently.start(() -> executor.call(LONG, deadline -> pass()));
        }
        Awaitility.await().until(() -> executor.busy() == THREADS);
        for (int i = 0; i < QUEUE; i++) {
            var unused = concurrently.start(() -> executor.call(LONG, deadline -> pass()));
        }
        Awaitility.await().until(() -> executor.waiting() == QUEUE);

        assertThatThrownBy(() -> oneLane.call(LONG, "late")).hasMessageStartingWith("LOCKSTEP-0102 ");
        gate.countDown();
        Awaitility.await().until(() -> executor.busy() == 0);
        assertThat(oneLane.call(LONG, "after")).isEqualTo("AFTER");
    }

    @Test
    void othersOfTheExecutorHaveTheirTurnBetweenTwoStatements() throws Exception {
        Future<?>[] stuck = new Future<?>[THREADS - 1];
        for (int i = 0; i < stuck.length; i++) {
            stuck[i] = concurrently.start(() -> executor.call(LONG, deadline -> pass()));
        }
        Awaitility.await().until(() -> executor.busy() == THREADS - 1);
        CountDownLatch lane = new CountDownLatch(1);
        held = lane;
        held(oneLane);
        Future<Integer> list = concurrently.start(() -> executor.call(LONG, deadline -> asked.size()));
        Awaitility.await().until(() -> executor.waiting() == 1);
        waiting(oneLane, "a");
        lane.countDown();

        assertThat(list.get()).isEqualTo(1);
        Awaitility.await().until(() -> asked.size() == 2);
    }

    @Test
    void onceClosedWhatWaitsFailsAndWhatIsUnderWayIsAnswered() throws Exception {
        Future<String> underWay = held(oneLane);
        List<Future<String>> gathered = waiting(oneLane, "a");

        executor.shutdown();

        assertThatThrownBy(gathered.get(0)::get).hasMessageContaining("LOCKSTEP-0104 ");
        assertThatThrownBy(() -> oneLane.call(LONG, "late")).hasMessageStartingWith("LOCKSTEP-0104 ");
        gate.countDown();
        assertThat(underWay.get()).isEqualTo("HOLD");
        assertThat(asked).containsExactly(List.of("hold"));
    }

    /** By a clock that is moved by hand. */
    @Test
    void aStatementThatHangsHoldsUpThoseWhoComeLaterForAMomentOnly() throws Exception {
        Future<String> underWay = held(oneLane);
        List<Future<String>> gathered = waiting(oneLane, "a");
        clock.advance(Duration.ofMillis(101));

        assertThat(oneLane.call(LONG, "b")).isEqualTo("B");

        assertThat(gathered.get(0).get()).isEqualTo("A");
        assertThat(asked).containsExactly(List.of("hold"), List.of("a", "b"));
        gate.countDown();
        assertThat(underWay.get()).isEqualTo("HOLD");
    }

    private volatile CountDownLatch held = gate;

    private Gathering<String, String> gathering(int lanes) {
        return executor.gathering(SqlErrors.STANDARD, Bounds.of(lanes, MOST), this::answering);
    }

    /** Answers in capitals, unless something else is asked for. */
    private Job<List<String>> answering(List<String> questions) {
        return new Job<>() {
            @Override
            public List<String> run(Deadline deadline) throws Exception {
                asked.add(questions);
                if (questions.contains("bad")) {
                    throw new SQLIntegrityConstraintViolationException("bad in a test", "23505");
                }
                if (questions.contains("away")) {
                    throw new SQLNonTransientConnectionException("away in a test", "08006");
                }
                if (questions.contains("odd")) {
                    throw new IllegalStateException("odd in a test");
                }
                if (questions.stream().anyMatch(each -> each.startsWith("hold"))) {
                    held.await();
                }
                return questions.stream()
                        .map(each -> each.toUpperCase(java.util.Locale.ROOT))
                        .toList();
            }

            @Override
            public void giveUp() {
                givenUp.incrementAndGet();
            }
        };
    }

    /** A statement that is under way until the gate is opened. */
    private Future<String> held(Gathering<String, String> gathering) {
        Future<String> underWay = concurrently.start(() -> gathering.call(LONG, "hold"));
        Awaitility.await().until(() -> asked.size() == 1);
        return underWay;
    }

    /** Calls that wait behind it, in this order. */
    private List<Future<String>> waiting(Gathering<String, String> gathering, String... questions) {
        List<Future<String>> calls = new CopyOnWriteArrayList<>();
        for (String question : questions) {
            calls.add(concurrently.start(() -> gathering.call(LONG, question)));
            Awaitility.await().until(() -> gathering.waiting() == calls.size());
        }
        return calls;
    }

    private String pass() throws InterruptedException, SQLException {
        gate.await();
        return "passed";
    }
}
