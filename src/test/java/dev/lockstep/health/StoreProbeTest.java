package dev.lockstep.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lockstep.StoreUnavailableException;
import dev.lockstep.contract.NaiveStore;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StoreProbeTest {

    private static final Duration LONG = Duration.ofMinutes(1);

    private final AtomicInteger calls = new AtomicInteger();
    private final CountDownLatch answer = new CountDownLatch(1);
    private StoreProbe probe = new StoreProbe(calls::incrementAndGet, LONG, Executors.defaultThreadFactory());

    @AfterEach
    void close() {
        answer.countDown();
        probe.close();
    }

    @Test
    void aStoreThatReturnsAnswers() {
        assertThat(probe.isAnswered()).isTrue();
        assertThat(probe.isAnswered()).isTrue();
        assertThat(calls).hasValue(2);
    }

    @Test
    void aStoreThatThrowsDoesNot() {
        probe = new StoreProbe(this::fail, LONG, Executors.defaultThreadFactory());

        assertThat(probe.isAnswered()).isFalse();
    }

    @Test
    void nobodyWaitsLongerThanTheBoundForAStoreThatHangs() {
        probe = new StoreProbe(this::hang, Duration.ofMillis(1), Executors.defaultThreadFactory());

        assertThat(probe.isAnswered()).isFalse();
        assertThat(probe.isAnswered()).isFalse();
        assertThat(calls).hasValueLessThan(2);
    }

    @Test
    void manyAtOnceShareOneCall() throws Exception {
        probe = new StoreProbe(this::hang, LONG, Executors.defaultThreadFactory());
        List<CompletableFuture<Boolean>> asking = IntStream.range(0, 20)
                .mapToObj(i -> CompletableFuture.supplyAsync(probe::isAnswered, task -> new Thread(task).start()))
                .toList();
        await().until(() -> calls.get() == 1);

        answer.countDown();

        assertThat(asking).allSatisfy(asked -> assertThat(asked.join()).isTrue());
    }

    @Test
    void onceItIsClosedThereIsNoAnswerAndWhoWaitsIsTold() {
        probe = new StoreProbe(this::hang, LONG, Executors.defaultThreadFactory());
        CompletableFuture<Boolean> waiting = CompletableFuture.supplyAsync(probe::isAnswered);
        await().until(() -> calls.get() == 1);

        probe.close();

        assertThat(waiting.join()).isFalse();
        assertThat(probe.isAnswered()).isFalse();
    }

    @Test
    void aStoreWithoutALogIsAskedForASessionThatNobodyHas() {
        try (StoreProbe ofStore = new StoreProbe(new NaiveStore(), Executors.defaultThreadFactory())) {
            assertThat(ofStore.isAnswered()).isTrue();
        }
    }

    private void fail() {
        throw new StoreUnavailableException("LOCKSTEP-0000 down for a test", null);
    }

    private void hang() {
        calls.incrementAndGet();
        try {
            answer.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
