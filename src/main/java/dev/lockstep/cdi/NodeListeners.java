package dev.lockstep.cdi;

import dev.lockstep.LogPosition;
import dev.lockstep.concurrent.OnceAMinute;
import dev.lockstep.redaction.Redaction;
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

    /** The beans of an application; {@link NodeListener#NONE} where it has none, so that nothing is told to nobody. */
    static NodeListener of(Instance<Object> beans) {
        List<NodeListener> listeners =
                beans.select(NodeListener.class, Any.Literal.INSTANCE).stream().toList();
        return listeners.isEmpty() ? NONE : new NodeListeners(listeners);
    }

    @Override
    public void lookedUp(@Nullable Source source) {
        tell(listener -> listener.lookedUp(source));
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
    public void polled(LogPosition applied, Duration took) {
        tell(listener -> listener.polled(applied, took));
    }

    @Override
    public void pollFailed(RuntimeException e) {
        tell(listener -> listener.pollFailed(e));
    }

    @Override
    public void leaseGranted(Duration remaining) {
        tell(listener -> listener.leaseGranted(remaining));
    }

    @Override
    public void leaseLost() {
        tell(NodeListener::leaseLost);
    }

    @Override
    public void revocationsCommitted(int calls, Duration took) {
        tell(listener -> listener.revocationsCommitted(calls, took));
    }

    @Override
    public void certain(String nodeName, Certainty how, Duration sinceCommit) {
        tell(listener -> listener.certain(nodeName, how, sinceCommit));
    }

    @Override
    public void revocationSettled(Duration took, @Nullable Throwable e) {
        tell(listener -> listener.revocationSettled(took, e));
    }

    @Override
    public void fenced(String nodeName) {
        tell(listener -> listener.fenced(nodeName));
    }

    @Override
    public void storeCalled(String operation, Duration took, @Nullable Throwable e) {
        tell(listener -> listener.storeCalled(operation, took, e));
    }

    @Override
    public void storeQueued(int waiting) {
        tell(listener -> listener.storeQueued(waiting));
    }

    @Override
    public void breaker(String cache, boolean reads, boolean open) {
        tell(listener -> listener.breaker(cache, reads, open));
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
