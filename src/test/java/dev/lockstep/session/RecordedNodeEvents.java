package dev.lockstep.session;

import dev.lockstep.LogPosition;
import dev.lockstep.spi.NodeListener;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Writes down what a node tells its listener, without durations. */
final class RecordedNodeEvents implements NodeListener {

    private final List<String> events = new CopyOnWriteArrayList<>();

    /** What came since the last call. */
    List<String> take() {
        List<String> taken = List.copyOf(events);
        events.clear();
        return taken;
    }

    List<String> soFar() {
        return List.copyOf(events);
    }

    @Override
    public void lookedUp(@Nullable Source source) {
        events.add("looked up " + source);
    }

    @Override
    public void missed(Source cache) {
        events.add("missed " + cache);
    }

    @Override
    public void refused(Source cache, Refusal reason) {
        events.add("refused " + cache + " " + reason);
    }

    @Override
    public void loaded(boolean found, Duration took) {
        add("loaded " + found, took);
    }

    @Override
    public void polled(LogPosition applied, Duration took) {
        add("polled", took);
    }

    @Override
    public void pollFailed(RuntimeException failure) {
        events.add("poll failed");
    }

    @Override
    public void leaseGranted(Duration remaining) {
        add("lease granted", remaining);
    }

    @Override
    public void leaseLost() {
        events.add("lease lost");
    }

    @Override
    public void revocationsCommitted(int calls, Duration took) {
        add("committed " + calls, took);
    }

    @Override
    public void certain(String nodeName, Certainty how, Duration sinceCommit) {
        add("certain of " + nodeName + " " + how, sinceCommit);
    }

    @Override
    public void revocationSettled(Duration took, @Nullable Throwable failure) {
        add("settled " + (failure == null), took);
    }

    @Override
    public void fenced(String nodeName) {
        events.add("fenced " + nodeName);
    }

    @Override
    public void storeCalled(String operation, Duration took, @Nullable Throwable failure) {
        add("store " + operation + " " + (failure == null), took);
    }

    private void add(String event, Duration duration) {
        events.add(duration.isNegative() ? event + " in negative time" : event);
    }
}
