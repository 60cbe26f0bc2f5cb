package dev.lockstep.contract;

import dev.lockstep.spi.LogPosition;
import dev.lockstep.spi.NodeListener;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Writes down what a listener of the node hears: the event's name and what is told with it, but no
 * times and positions. {@code -} stands for null.
 */
public final class RecordedNodeEvents implements InvocationHandler {

    private final Queue<String> events = new ConcurrentLinkedQueue<>();
    private volatile boolean countsSessions;
    private final NodeListener listener = (NodeListener) Proxy.newProxyInstance(
            RecordedNodeEvents.class.getClassLoader(), new Class<?>[] {NodeListener.class}, this);

    /** Has the sessions counted from now on. */
    public void countSessions() {
        countsSessions = true;
    }

    public NodeListener listener() {
        return listener;
    }

    /** What came since the last call. */
    public List<String> take() {
        List<String> taken = List.copyOf(events);
        events.clear();
        return taken;
    }

    /** What came of these events since the last {@link #take}. */
    public List<String> of(String... names) {
        return events.stream()
                .filter(event -> Arrays.asList(names).contains(event.split(" ", 2)[0]))
                .toList();
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method event, Object @Nullable [] told) {
        if (event.getDeclaringClass() == Object.class) {
            throw new UnsupportedOperationException(event.getName());
        }
        if (event.getName().equals("countsSessions")) {
            return countsSessions;
        }
        if (event.getReturnType() != void.class) {
            return null; // asked, not told
        }
        events.add(Stream.concat(
                        Stream.of(event.getName()),
                        Arrays.stream(told == null ? new Object[0] : told).flatMap(RecordedNodeEvents::text))
                .collect(Collectors.joining(" ")));
        return null;
    }

    private static Stream<String> text(@Nullable Object told) {
        if (told instanceof Duration duration) {
            return duration.isNegative() ? Stream.of("in negative time") : Stream.of();
        }
        if (told instanceof Long || told instanceof LogPosition) {
            return Stream.of();
        }
        return Stream.of(
                told == null ? "-" : told instanceof Throwable ? told.getClass().getSimpleName() : told.toString());
    }
}
