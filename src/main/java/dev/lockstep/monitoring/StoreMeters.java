package dev.lockstep.monitoring;

import dev.lockstep.spi.NodeListener;
import dev.lockstep.spi.RevocationLog;
import dev.lockstep.spi.SessionSearch;
import dev.lockstep.spi.SessionStore;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Counts and times calls of the store, and the queues in front of it. Thread-safe. */
final class StoreMeters implements NodeListener {

    private static final List<String> QUEUES = List.of("reads", "logins", "revocations", "feed", "housekeeping");

    /** In which calls gather. */
    private static final List<String> GATHERING = List.of("reads", "logins");

    private final Map<String, Operation> operations;
    private final Map<String, Queue> queues;
    private final Map<String, LongAdder> batches;

    StoreMeters(SeriesList series, NodeStatus status) {
        operations = each(operations(), name -> new Operation(series, name));
        queues = each(QUEUES.stream(), name -> new Queue(series, name));
        batches = each(GATHERING.stream(), name -> series.counter(Meters.STORE_BATCHES, name));
        QUEUES.forEach(name -> series.gauge(
                Meters.STORE_QUEUE_SIZE, () -> status.now().queues().getOrDefault(name, 0), name));
    }

    @Override
    public void storeCalled(String operation, Duration took, @Nullable Throwable failure) {
        tell(operations.get(operation), known -> known.called(took, failure));
    }

    @Override
    public void storeDequeued(String queue, Duration waited, QueueExit how) {
        tell(queues.get(queue), known -> known.left(waited, how));
    }

    @Override
    public void storeTimedOut(String queue) {
        tell(queues.get(queue), Queue::timedOut);
    }

    @Override
    public void storeGathered(String queue, int calls) {
        tell(batches.get(queue), LongAdder::increment);
    }

    /** The methods of the interfaces that stores have; others, such as toString, do no work. */
    private static Stream<String> operations() {
        return Stream.of(SessionStore.class, SessionSearch.class, RevocationLog.class)
                .flatMap(type -> Arrays.stream(type.getMethods()))
                .map(Method::getName);
    }

    private static <T> Map<String, T> each(Stream<String> names, Function<String, T> made) {
        Map<String, T> each = new TreeMap<>();
        names.sorted().distinct().forEach(name -> each.put(name, made.apply(name)));
        return Map.copyOf(each);
    }

    private static <T> void tell(@Nullable T known, Consumer<T> event) {
        if (known != null) {
            event.accept(known);
        }
    }

    private static final class Operation {

        private final Timing calls;
        private final LongAdder failures;

        Operation(SeriesList series, String name) {
            calls = series.timer(Meters.STORE_CALL_DURATION, name);
            failures = series.counter(Meters.STORE_CALL_FAILURES, name);
        }

        void called(Duration took, @Nullable Throwable failure) {
            calls.add(took);
            if (failure != null) {
                failures.increment();
            }
        }
    }

    private static final class Queue {

        private final Timing waits;
        private final LongAdder refused;
        private final LongAdder abandoned;
        private final LongAdder timedOut;

        Queue(SeriesList series, String name) {
            waits = series.timer(Meters.STORE_QUEUE_WAIT, name);
            refused = series.counter(Meters.STORE_QUEUE_LEFT, name, "refused");
            abandoned = series.counter(Meters.STORE_QUEUE_LEFT, name, "abandoned");
            timedOut = series.counter(Meters.STORE_TIMEOUTS, name);
        }

        void left(Duration waited, QueueExit how) {
            switch (how) {
                case BEGUN -> waits.add(waited);
                case REFUSED -> refused.increment();
                case ABANDONED -> abandoned.increment();
            }
        }

        void timedOut() {
            timedOut.increment();
        }
    }
}
