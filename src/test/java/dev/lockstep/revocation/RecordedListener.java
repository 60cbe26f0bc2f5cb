package dev.lockstep.revocation;

import dev.lockstep.RevocationsMissed;
import dev.lockstep.TokenDigest;
import dev.lockstep.spi.Revocation;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Remembers what it was told. */
final class RecordedListener implements RevocationListener {

    final List<TokenDigest> dropped = new CopyOnWriteArrayList<>();
    final List<TokenDigest> droppedShared = new CopyOnWriteArrayList<>();
    final List<String> learnt = new CopyOnWriteArrayList<>();
    final List<RevocationsMissed.Reason> missed = new CopyOnWriteArrayList<>();
    final List<Duration> lags = new CopyOnWriteArrayList<>();
    volatile boolean failsOnce;

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
        learnt.add(revocation.sessionId());
        lags.add(lag);
    }

    @Override
    public void missed(RevocationsMissed event) {
        missed.add(event.reason());
    }
}
