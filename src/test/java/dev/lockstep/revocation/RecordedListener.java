package dev.lockstep.revocation;

import dev.lockstep.RevocationsMissed;
import dev.lockstep.TokenDigest;
import dev.lockstep.spi.Revocation;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Remembers what it was told. */
final class RecordedListener implements RevocationListener {

    final Queue<TokenDigest> dropped = new ConcurrentLinkedQueue<>();
    final Queue<TokenDigest> droppedShared = new ConcurrentLinkedQueue<>();
    final Queue<String> learnt = new ConcurrentLinkedQueue<>();
    final Queue<RevocationsMissed.Reason> missed = new ConcurrentLinkedQueue<>();
    final Queue<Long> keys = new ConcurrentLinkedQueue<>();
    final Queue<Duration> lags = new ConcurrentLinkedQueue<>();
    volatile boolean failsOnce;
    volatile Runnable whileTold = () -> {};

    @Override
    public void dropCopies(TokenDigest digest) {
        dropped.add(digest);
    }

    @Override
    public void dropShared(TokenDigest digest) {
        droppedShared.add(digest);
    }

    @Override
    public void learnt(Revocation revocation, Duration lag) {
        if (failsOnce) {
            failsOnce = false;
            throw new OutOfMemoryError("a failure of a test");
        }
        whileTold.run();
        learnt.add(revocation.sessionId());
        lags.add(lag);
    }

    @Override
    public void missed(RevocationsMissed event) {
        missed.add(event.reason());
    }

    @Override
    public void keyTold(long version, long storeMillis, long sentNanos, long sentWallMillis) {
        keys.add(version);
    }
}
