package dev.lockstep.revocation;

import dev.lockstep.spi.NodeClock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Values that a node has seen one after the other, of which it uses only one that it saw long
 * enough ago: by its own monotonic clock, so that no clock that jumps can make it act too early.
 *
 * <p>Confined to one thread.
 */
public final class SeenLongAgo<T> {

    private final Duration age;
    private final NodeClock clock;
    private final Deque<Seen<T>> seen = new ArrayDeque<>();

    public SeenLongAgo(Duration age, NodeClock clock) {
        this.age = age;
        this.clock = clock;
    }

    public void add(T value) {
        seen.addLast(new Seen<>(value, clock.nanoTime()));
    }

    /** The newest value that was seen that long ago; null if there is none. */
    public @Nullable T get() {
        long nanos = clock.nanoTime();
        Seen<T> old = null;
        while (!seen.isEmpty() && nanos - seen.getFirst().nanos >= age.toNanos()) {
            old = seen.removeFirst();
        }
        if (old == null) {
            return null;
        }
        seen.addFirst(old);
        return old.value;
    }

    private record Seen<T>(T value, long nanos) {}
}
