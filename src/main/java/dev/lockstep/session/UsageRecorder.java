package dev.lockstep.session;

import dev.lockstep.LockstepException;
import dev.lockstep.Session;
import dev.lockstep.SessionCopy;
import dev.lockstep.TokenDigest;
import dev.lockstep.spi.SessionStore;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;

/**
 * Records uses of sessions, for the idle timeout: in the background, and at most once per session
 * and tenth of its idle timeout, since the store writes only where the last recorded use is that
 * old. On this node one touch per digest is under way at a time. A touch that fails, or finds the
 * executor full, is left to the next use.
 *
 * <p>Thread-safe.
 */
final class UsageRecorder {

    private static final Logger LOG = System.getLogger(UsageRecorder.class.getName());
    /**
     * A session may end a tenth of its idle timeout early, and costs ten writes per timeout at
     * most.
     */
    private static final int PARTS = 10;

    private final SessionStore store;
    private final Consumer<TokenDigest> refresh;
    private final Executor executor;
    private final Set<TokenDigest> underWay = ConcurrentHashMap.newKeySet();

    /** @param refresh renews the copies of a session after the touch */
    UsageRecorder(SessionStore store, Consumer<TokenDigest> refresh, Executor executor) {
        this.store = store;
        this.refresh = refresh;
        this.executor = executor;
    }

    /** Called for every use; cheap where nothing is due. */
    void used(SessionCopy copy, long storeMillis) {
        if (isDue(copy.session(), storeMillis)) {
            begin(copy.digest(), Duration.ofMillis(part(copy.session())));
        }
    }

    /**
     * Whether a use at this time of the store's clock would be recorded; at an earlier time it is
     * not, if not now.
     */
    static boolean isDue(Session session, long storeMillis) {
        return storeMillis - session.lastSeenAtMillis() >= part(session);
    }

    private static long part(Session session) {
        return session.idleTimeoutMillis() / PARTS;
    }

    private void begin(TokenDigest digest, Duration unlessWithin) {
        if (underWay.add(digest)) {
            try {
                executor.execute(() -> touch(digest, unlessWithin));
            } catch (RejectedExecutionException e) {
                underWay.remove(digest);
            } catch (RuntimeException | Error e) {
                underWay.remove(digest);
                throw e;
            }
        }
    }

    private void touch(TokenDigest digest, Duration unlessWithin) {
        try {
            store.touch(digest, unlessWithin);
            refresh.accept(digest);
        } catch (LockstepException e) {
            LOG.log(Level.DEBUG, "A use could not be recorded; the next one tries again.", e);
        } finally {
            underWay.remove(digest);
        }
    }
}
