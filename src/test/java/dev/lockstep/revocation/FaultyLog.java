package dev.lockstep.revocation;

import dev.lockstep.StoreUnavailableException;
import dev.lockstep.TokenDigest;
import dev.lockstep.spi.LogPosition;
import dev.lockstep.spi.Revocation;
import dev.lockstep.spi.RevocationLog;
import dev.lockstep.spi.RevocationTarget;
import dev.lockstep.spi.Revoked;
import dev.lockstep.spi.Rotated;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A log that fails while told to, and does something of the test's before a call, or before it
 * answers a poll or a reading.
 */
final class FaultyLog implements RevocationLog {

    private final RevocationLog log;
    volatile boolean down;
    volatile @Nullable Error breaksOnce;
    volatile @Nullable RuntimeException refusesToAnnounce;
    int polls;
    /** Told of each call, by its method's name, before it is made. */
    Consumer<String> before = call -> {};

    Runnable duringPoll = () -> {};
    Runnable duringReading = () -> {};
    Runnable beforeAnnouncing = () -> {};
    int readings;
    int pageSize = Integer.MAX_VALUE;
    UnaryOperator<List<Revocation>> given = rows -> rows;

    FaultyLog(RevocationLog log) {
        this.log = log;
    }

    @Override
    public Registration register(String nodeId, String name, Duration lease) {
        return up("register").register(nodeId, name, lease);
    }

    @Override
    public LogPage poll(String nodeId, LogPosition after, int limit) {
        polls++;
        LogPage page = up("poll").poll(nodeId, after, Math.min(limit, pageSize));
        duringPoll.run();
        return new LogPage(
                page.self(),
                page.head(),
                page.floor(),
                page.storeMillis(),
                given.apply(page.rows()),
                page.keyVersion());
    }

    @Override
    public void acknowledge(String nodeId, LogPosition applied) {
        up("acknowledge").acknowledge(nodeId, applied);
    }

    @Override
    public Committed<List<Revoked>> commitRevocations(List<RevocationTarget> targets) {
        return up("commitRevocations").commitRevocations(targets);
    }

    @Override
    public @Nullable Committed<Rotated> commitRotation(TokenDigest current, TokenDigest next) {
        return up("commitRotation").commitRotation(current, next);
    }

    @Override
    public Committed<Revoked> announce(List<RevocationTarget> gone) {
        beforeAnnouncing.run();
        RuntimeException refusal = refusesToAnnounce;
        if (refusal != null) {
            throw refusal;
        }
        return up("announce").announce(gone);
    }

    @Override
    public NodeRows nodes() {
        return up("nodes").nodes();
    }

    @Override
    public NodeRows nodesAmong(Collection<String> nodeIds) {
        readings++;
        NodeRows rows = up("nodesAmong").nodesAmong(nodeIds);
        duringReading.run();
        return rows;
    }

    @Override
    public void fence(Collection<String> nodeIds) {
        up("fence").fence(nodeIds);
    }

    @Override
    public void remove(Collection<String> nodeIds) {
        up("remove").remove(nodeIds);
    }

    @Override
    public void trim(LogPosition upTo) {
        up("trim").trim(upTo);
    }

    @Override
    public void startEpoch(LogPosition seen) {
        up("startEpoch").startEpoch(seen);
    }

    private RevocationLog up(String call) {
        before.accept(call);
        Error breaks = breaksOnce;
        if (breaks != null) {
            breaksOnce = null;
            throw breaks;
        }
        if (down) {
            throw new StoreUnavailableException("LOCKSTEP-0000 down for a test", null);
        }
        return log;
    }
}
