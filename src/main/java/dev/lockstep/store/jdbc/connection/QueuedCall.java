package dev.lockstep.store.jdbc.connection;

import dev.lockstep.spi.NodeClock;
import dev.lockstep.spi.NodeListener;
import dev.lockstep.spi.NodeListener.QueueExit;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One call's way through a queue, as a listener hears of it. It joins when this is made, and leaves
 * once, by whoever takes or abandons it first. Where nobody listens it reads no clock.
 *
 * <p>Thread-safe.
 */
final class QueuedCall {

    private final String queue;
    private final NodeListener listener;
    private final NodeClock clock;
    private final long joined;
    private final AtomicBoolean left;

    QueuedCall(String queue, NodeListener listener, NodeClock clock) {
        this.queue = queue;
        this.listener = listener;
        this.clock = clock;
        this.left = new AtomicBoolean(listener == NodeListener.NONE);
        this.joined = left.get() ? 0 : clock.nanoTime();
        listener.storeQueued(queue);
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
