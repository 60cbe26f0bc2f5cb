package dev.lockstep.contract;

import dev.lockstep.Session;
import dev.lockstep.SessionCopy;
import dev.lockstep.TokenDigest;
import dev.lockstep.spi.NewSession;
import dev.lockstep.spi.RevocationTarget;
import dev.lockstep.spi.Revoked;
import dev.lockstep.spi.Rotated;
import dev.lockstep.spi.SessionStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A store without a log before a naive one, by the machine's clock; for tests that look at some
 * calls. Thread-safe.
 */
public abstract class ForwardingStore implements SessionStore {

    protected final NaiveStore store = new NaiveStore(System::currentTimeMillis);

    @Override
    public SessionCopy open(NewSession session) {
        return store.open(session);
    }

    @Override
    public @Nullable SessionCopy find(TokenDigest digest) {
        return store.find(digest);
    }

    @Override
    public List<Session> list(String principal) {
        return store.list(principal);
    }

    @Override
    public void touch(TokenDigest digest, Duration unlessWithin) {
        store.touch(digest, unlessWithin);
    }

    @Override
    public List<Revoked> revoke(List<RevocationTarget> targets) {
        return store.revoke(targets);
    }

    @Override
    public @Nullable Rotated rotate(TokenDigest current, TokenDigest next) {
        return store.rotate(current, next);
    }

    @Override
    public List<Session> deleteExpired(Instant before) {
        return store.deleteExpired(before);
    }
}
