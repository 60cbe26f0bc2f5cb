package dev.lockstep.cdi;

import dev.lockstep.concurrent.OnceAMinute;
import dev.lockstep.redaction.Redaction;
import dev.lockstep.spi.LogPosition;
import dev.lockstep.spi.NodeListener;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The application's listeners as one that never throws. Thread-safe, as they must be.
 */
final class NodeListeners implements NodeListener {

    private static final Logger LOG = System.getLogger(NodeListeners.class.getName());

    private final List<NodeListener> listeners;
    private final OnceAMinute failures = new OnceAMinute();

    NodeListeners(List<NodeListener> listeners) {
        this.listeners = List.copyOf(listeners);
    }

    /**
     * The beans of an application; {@link NodeListener#NONE} where it has none, so that nothing is
     * told to nobody.
     */
    static NodeListener of(Instance<Object> beans) {
        List<NodeListener> listeners =
                beans.select(NodeListener.class, Any.Literal.INSTANCE).stream().toList();
        return listeners.isEmpty() ? NONE : new NodeListeners(listeners);
    }

    @Override
    public void lookedUp(Source answeredBy, Result result, long nanos) {
        tell(listener -> listener.lookedUp(answeredBy, result, nanos));
    }

    @Override
    public void missed(Source cache) {
        tell(listener -> listener.missed(cache));
    }

    @Override
    public void refused(Source cache, Refusal reason) {
        tell(listener -> listener.refused(cache, reason));
    }

    @Override
    public void loaded(boolean found, Duration took) {
        tell(listener -> listener.loaded(found, took));
    }

    @Override
    public void stored(Source cache) {
        tell(listener -> listener.stored(cache));
    }

    @Override
    public void evicted(String cache) {
        tell(listener -> listener.evicted(cache));
    }

    @Override
    public void swept(String cache, int size) {
        tell(listener -> listener.swept(cache, size));
    }

    @Override
    public void breaker(String cache, boolean reads, boolean open) {
        tell(listener -> listener.breaker(cache, reads, open));
    }

    @Override
    public void polled(LogPosition applied, long floor, int facts, Duration took) {
        tell(listener -> listener.polled(applied, floor, facts, took));
    }

    @Override
    public void pollFailed(RuntimeException failure) {
        tell(listener -> listener.pollFailed(failure));
    }

    @Override
    public void leaseGranted(Duration remaining) {
        tell(listener -> listener.leaseGranted(remaining));
    }

    @Override
    public void leaseLost(LeaseEnd why) {
        tell(listener -> listener.leaseLost(why));
    }

    @Override
    public void revocationsCommitted(int calls, Duration took) {
        tell(listener -> listener.revocationsCommitted(calls, took));
    }

    @Override
    public void pushed(int nodes) {
        tell(listener -> listener.pushed(nodes));
    }

    @Override
    public void nodeSettled(String nodeName, SettledBy how, Duration sinceCommit) {
        tell(listener -> listener.nodeSettled(nodeName, how, sinceCommit));
    }

    @Override
    public void revocationsSettled(@Nullable SettledBy how, Duration sinceCommit, @Nullable Throwable failure) {
        tell(listener -> listener.revocationsSettled(how, sinceCommit, failure));
    }

    @Override
    public void revoked(Duration took, @Nullable Throwable failure) {
        tell(listener -> listener.revoked(took, failure));
    }

    @Override
    public void fenced(String nodeName) {
        tell(listener -> listener.fenced(nodeName));
    }

    @Override
    public void learnt(Origin how, Duration lag) {
        tell(listener -> listener.learnt(how, lag));
    }

    @Override
    public void pushReceived(boolean applied) {
        tell(listener -> listener.pushReceived(applied));
    }

    @Override
    public void storeCalled(String operation, Duration took, @Nullable Throwable failure) {
        tell(listener -> listener.storeCalled(operation, took, failure));
    }

    @Override
    public void storeQueued(String queue) {
        tell(listener -> listener.storeQueued(queue));
    }

    @Override
    public void storeDequeued(String queue, Duration waited, QueueExit how) {
        tell(listener -> listener.storeDequeued(queue, waited, how));
    }

    @Override
    public void storeTimedOut(String queue) {
        tell(listener -> listener.storeTimedOut(queue));
    }

    private void tell(Consumer<NodeListener> event) {
        for (NodeListener listener : listeners) {
            try {
                event.accept(listener);
            } catch (RuntimeException | Error e) {
                failed(e);
            }
        }
    }

    private void failed(Throwable e) {
        if (failures.isDue()) {
            LOG.log(
                    Level.WARNING,
                    "LOCKSTEP-0517 A listener of this node failed, and missed an event.",
                    Redaction.cause(e, ""));
        }
    }
}
