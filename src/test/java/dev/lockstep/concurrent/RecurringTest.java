package dev.lockstep.concurrent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lockstep.process.LoggedMessages;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RecurringTest {

    private final AtomicInteger runs = new AtomicInteger();

    static List<Throwable> whateverARunThrows() {
        return List.of(
                new IllegalStateException("a failure of a test"),
                new OutOfMemoryError("a failure of a test"),
                new StackOverflowError("a failure of a test"),
                new LinkageError("a failure of a test"),
                new Exception("a failure of a test"));
    }

    @ParameterizedTest
    @MethodSource("whateverARunThrows")
    void itGoesOnWhateverARunThrows(Throwable failure) {
        ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
        try {
            Future<?> going = Recurring.of("A test", () -> {
                        runs.incrementAndGet();
                        throwAny(failure);
                    })
                    .every(Duration.ZERO, Duration.ofMillis(1), scheduler);

            await().until(() -> runs.get() > 3);
            assertThat(going).isNotDone();
        } finally {
            scheduler.shutdownNow();
        }
    }

    @Test
    void itSaysSoOnceAMinuteAtMost() {
        AtomicLong nanos = new AtomicLong();
        Recurring failing = Recurring.of(
                "A test", () -> throwAny(new OutOfMemoryError("a failure of a test")), new OnceAMinute(nanos::get));
        try (LoggedMessages messages = LoggedMessages.of(Recurring.class)) {
            failing.run();
            failing.run();
            nanos.addAndGet(Duration.ofSeconds(59).toNanos());
            failing.run();
            assertThat(messages.all()).singleElement().asString().contains("LOCKSTEP-0215", "A test failed");

            nanos.addAndGet(Duration.ofSeconds(1).toNanos());
            failing.run();
            assertThat(messages.all()).hasSize(2);
        }
    }

    @SuppressWarnings("unchecked")
    private static <E extends Throwable> void throwAny(Throwable failure) throws E {
        throw (E) failure;
    }
}
