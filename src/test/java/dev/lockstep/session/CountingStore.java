package dev.lockstep.session;

import dev.lockstep.SessionCopy;
import dev.lockstep.TokenDigest;
import dev.lockstep.contract.ForwardingStore;
import dev.lockstep.contract.NaiveStore;
import dev.lockstep.spi.LogPosition;
import dev.lockstep.spi.RevocationLog;
import dev.lockstep.spi.RevocationTarget;
import dev.lockstep.spi.Revoked;
import dev.lockstep.spi.Rotated;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The naive store, with its reads, touches and rotations counted. */
final class CountingStore extends ForwardingStore implements RevocationLog {

    volatile int usage;
    volatile Runnable onceAfterRead = () -> {};
    private final AtomicInteger reads = new AtomicInteger();
    private final AtomicInteger rotations = new AtomicInteger();

    int reads() {
        return reads.get();
    }

    int rotations() {
        return rotations.get();
    }

    /** The store itself, whose calls are not counted. */
    NaiveStore uncounted() {
        return store;
    }

    @Override
    public @Nullable SessionCopy find(TokenDigest digest) {
        reads.incrementAndGet();
        SessionCopy found = super.find(digest);
        Runnable once = onceAfterRead;
        onceAfterRead = () -> {};
        once.run();
        return found;
    }

    @Override
    public synchronized void touch(TokenDigest digest, Duration unlessWithin) {
        usage++;
        super.touch(digest, unlessWithin);
    }

    @Override
    public Registration register(String nodeId, String name, Duration lease) {
        return store.register(nodeId, name, lease);
    }

    @Override
    public LogPage poll(String nodeId, LogPosition after, int limit) {
        return store.poll(nodeId, after, limit);
    }

    @Override
    public void acknowledge(String nodeId, LogPosition applied) {
        store.acknowledge(nodeId, applied);
    }

    @Override
    public Committed<List<Revoked>> commitRevocations(List<RevocationTarget> targets) {
        return store.commitRevocations(targets);
    }

    @Override
    public @Nullable Committed<Rotated> commitRotation(TokenDigest current, TokenDigest next) {
        rotations.incrementAndGet();
        return store.commitRotation(current, next);
    }

    @Override
    public Committed<Revoked> announce(List<RevocationTarget> gone) {
        return store.announce(gone);
    }

    @Override
    public NodeRows nodes() {
        return store.nodes();
    }

    @Override
    public NodeRows nodesAmong(Collection<String> nodeIds) {
        return store.nodesAmong(nodeIds);
    }

    @Override
    public void fence(Collection<String> nodeIds) {
        store.fence(nodeIds);
    }

    @Override
    public void remove(Collection<String> nodeIds) {
        store.remove(nodeIds);
    }

    @Override
    public void trim(LogPosition upTo) {
        store.trim(upTo);
    }

    @Override
    public void startEpoch(LogPosition seen) {
        store.startEpoch(seen);
    }
}
