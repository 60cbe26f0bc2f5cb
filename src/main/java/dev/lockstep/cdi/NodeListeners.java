package dev.lockstep.cdi;

import dev.lockstep.TokenRefused;
import dev.lockstep.concurrent.OnceAMinute;
import dev.lockstep.redaction.Redaction;
import dev.lockstep.spi.CopySeal.Flaw;
import dev.lockstep.spi.LogPosition;
import dev.lockstep.spi.Lookup.Refusal;
import dev.lockstep.spi.Lookup.Result;
import dev.lockstep.spi.Lookup.Source;
import dev.lockstep.spi.NodeListener;
import dev.lockstep.spi.RevocationSteps;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Several listeners as one that never throws. Thread-safe, as they must be.
 *
 * <p>Look-ups are by far the most frequent event. They are told to those alone that listen to them,
 * and a hit makes no object for it.
 */
final class NodeListeners implements NodeListener {

    private static final Logger LOG = System.getLogger(NodeListeners.class.getName());

    private final List<NodeListener> listeners;
    private final NodeListener[] ofLookUps;
    private final OnceAMinute failures = new OnceAMinute();

    NodeListeners(List<NodeListener> listeners) {
        this.listeners = List.copyOf(listeners);
        this.ofLookUps = listeners.stream().filter(NodeListeners::hearsLookUps).toArray(NodeListener[]::new);
    }

    /** @param own those of the deployment itself, which are told first */
    static NodeListener of(List<NodeListener> own, List<NodeListener> ofApplication) {
        return new NodeListeners(
                Stream.concat(own.stream(), ofApplication.stream()).toList());
    }

    private static boolean hearsLookUps(NodeListener listener) {
        try {
            return listener.getClass()
                            .getMethod("lookedUp", Source.class, Result.class, long.class)
                            .getDeclaringClass()
                    != NodeListener.class;
        } catch (NoSuchMethodException e) {
            return true; // a native image that knows no methods by name
        }
    }

    @Override
    public void lookedUp(Source answeredBy, Result result, long nanos) {
        for (NodeListener listener : ofLookUps) {
            try {
                listener.lookedUp(answeredBy, result, nanos);
            } catch (RuntimeException | Error e) {
                failed(listener, e);
            }
        }
    }

    @Override
    public void missed(Source cache) {
        callEach(listener -> listener.missed(cache));
    }

    @Override
    public void refused(Source cache, Refusal reason) {
        callEach(listener -> listener.refused(cache, reason));
    }

    @Override
    public void copyFlawed(String cache, Flaw why) {
        callEach(listener -> listener.copyFlawed(cache, why));
    }

    @Override
    public void loaded(boolean found, Duration took) {
        callEach(listener -> listener.loaded(found, took));
    }

    @Override
    public void requestRefused(TokenRefused.Reason reason) {
        callEach(listener -> listener.requestRefused(reason));
    }

    @Override
    public void sessionOpened() {
        callEach(NodeListener::sessionOpened);
    }

    @Override
    public void sessionRotated() {
        callEach(NodeListener::sessionRotated);
    }

    @Override
    public void sessionsEnded(EndedBy how, int count) {
        callEach(listener -> listener.sessionsEnded(how, count));
    }

    /** Each is asked, as each may note that it was. */
    @Override
    public boolean countsSessions() {
        boolean[] counts = {false};
        callEach(listener -> counts[0] |= listener.countsSessions());
        return counts[0];
    }

    @Override
    public void sessionsCounted(long live, Duration took) {
        callEach(listener -> listener.sessionsCounted(live, took));
    }

    @Override
    public void stored(Source cache) {
        callEach(listener -> listener.stored(cache));
    }

    @Override
    public void evicted(String cache) {
        callEach(listener -> listener.evicted(cache));
    }

    @Override
    public void swept(String cache, int size) {
        callEach(listener -> listener.swept(cache, size));
    }

    @Override
    public void breaker(String cache, boolean reads, boolean open) {
        callEach(listener -> listener.breaker(cache, reads, open));
    }

    @Override
    public void polled(LogPosition applied, long floor, int facts, Duration took) {
        callEach(listener -> listener.polled(applied, floor, facts, took));
    }

    @Override
    public void logRead(LogPosition applied, LogPosition head) {
        callEach(listener -> listener.logRead(applied, head));
    }

    @Override
    public void pollFailed(RuntimeException failure) {
        callEach(listener -> listener.pollFailed(failure));
    }

    @Override
    public void leaseGranted(Duration remaining) {
        callEach(listener -> listener.leaseGranted(remaining));
    }

    @Override
    public void leaseLost(LeaseEnd why) {
        callEach(listener -> listener.leaseLost(why));
    }

    @Override
    public @Nullable RevocationSteps revoking() {
        List<RevocationSteps> steps = new ArrayList<>();
        callEach(listener -> {
            RevocationSteps ofListener = listener.revoking();
            if (ofListener != null) {
                steps.add(ofListener);
            }
        });
        return steps.isEmpty() ? null : new FollowedRevocation(steps, this::failed);
    }

    @Override
    public void revocationsCommitted(int calls, Duration took) {
        callEach(listener -> listener.revocationsCommitted(calls, took));
    }

    @Override
    public void pushed(int nodes) {
        callEach(listener -> listener.pushed(nodes));
    }

    @Override
    public void nodeAwaited(String nodeName, Duration atMost) {
        callEach(listener -> listener.nodeAwaited(nodeName, atMost));
    }

    @Override
    public void nodeSettled(String nodeName, SettledBy how, Duration sinceCommit) {
        callEach(listener -> listener.nodeSettled(nodeName, how, sinceCommit));
    }

    @Override
    public void nodeUnsettled(String nodeName) {
        callEach(listener -> listener.nodeUnsettled(nodeName));
    }

    @Override
    public void revocationsSettled(@Nullable SettledBy how, Duration sinceCommit, @Nullable Throwable failure) {
        callEach(listener -> listener.revocationsSettled(how, sinceCommit, failure));
    }

    @Override
    public void revoked(Duration took, @Nullable Throwable failure) {
        callEach(listener -> listener.revoked(took, failure));
    }

    @Override
    public void nodesListed(int nodes) {
        callEach(listener -> listener.nodesListed(nodes));
    }

    @Override
    public void fenced(String nodeName) {
        callEach(listener -> listener.fenced(nodeName));
    }

    @Override
    public void learnt(Origin how, Duration lag) {
        callEach(listener -> listener.learnt(how, lag));
    }

    @Override
    public void pushReceived(boolean applied) {
        callEach(listener -> listener.pushReceived(applied));
    }

    @Override
    public void messageRefused(MessageRefusal why) {
        callEach(listener -> listener.messageRefused(why));
    }

    @Override
    public void poking(int nodes) {
        callEach(listener -> listener.poking(nodes));
    }

    @Override
    public void poked(int pokes) {
        callEach(listener -> listener.poked(pokes));
    }

    @Override
    public void channel(boolean up) {
        callEach(listener -> listener.channel(up));
    }

    @Override
    public void canaryProved(int nodes) {
        callEach(listener -> listener.canaryProved(nodes));
    }

    @Override
    public void canaryFailed(String nodeName) {
        callEach(listener -> listener.canaryFailed(nodeName));
    }

    @Override
    public void storeCalled(String operation, Duration took, @Nullable Throwable failure) {
        callEach(listener -> listener.storeCalled(operation, took, failure));
    }

    @Override
    public void storeQueued(String queue) {
        callEach(listener -> listener.storeQueued(queue));
    }

    @Override
    public void storeDequeued(String queue, Duration waited, QueueExit how) {
        callEach(listener -> listener.storeDequeued(queue, waited, how));
    }

    @Override
    public void storeGathered(String queue, int calls) {
        callEach(listener -> listener.storeGathered(queue, calls));
    }

    @Override
    public void storeTimedOut(String queue) {
        callEach(listener -> listener.storeTimedOut(queue));
    }

    private void callEach(Consumer<NodeListener> event) {
        for (NodeListener listener : listeners) {
            try {
                event.accept(listener);
            } catch (RuntimeException | Error e) {
                failed(listener, e);
            }
        }
    }

    private void failed(Object listener, Throwable e) {
        if (failures.isDue()) {
            LOG.log(
                    Level.WARNING,
                    "LOCKSTEP-0517 A listener of this node failed, and missed an event. listener="
                            + listener.getClass().getName(),
                    Redaction.cause(e, ""));
        }
    }
}
