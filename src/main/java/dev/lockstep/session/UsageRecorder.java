package dev.lockstep.session;

import dev.lockstep.Session;
import dev.lockstep.SessionCopy;
import dev.lockstep.StoreUnavailableException;
import dev.lockstep.TokenDigest;
import dev.lockstep.spi.NodeClock;
import dev.lockstep.spi.SessionStore;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Records uses of sessions, for the idle timeout: in the background, and at most once per session
 * and tenth of its idle timeout, since the store writes only where the last recorded use is that
 * old.
 *
 * <p>Uses gather for a second, or a tenth of their idle timeout where that is shorter, or until
 * there are {@value #MOST} of them; then one statement records all that have the same idle timeout,
 * as of the first of them. So a session ends no later than its idle timeout after a use, and up to
 * a tenth and that while earlier. On this node one use of a session is on its way at a time. What
 * can't be recorded, or would be one too many, is left to the next use.
 *
 * <p>Thread-safe. What gathers is guarded by this object's lock, which is not held during I/O.
 */
final class UsageRecorder {

    private static final Logger LOG = System.getLogger(UsageRecorder.class.getName());
    /**
     * A session may end a tenth of its idle timeout early, and costs ten writes per timeout at
     * most.
     */
    private static final int PARTS = 10;

    /** Far more than that save nothing, and a logout may wait for the rows for longer. */
    static final int MOST = 500;

    /** Uses on their way, so that a store that is slow or away costs no memory. */
    static final int MOST_UNDER_WAY = 50_000;

    private static final long GATHERING_MILLIS = 1_000;

    private final SessionStore store;
    private final Consumer<List<TokenDigest>> refresh;
    private final NodeClock clock;
    private final ScheduledExecutorService timer;
    private final Executor executor;
    private final Set<TokenDigest> underWay = ConcurrentHashMap.newKeySet();
    private final Map<Long, Uses> gathering = new HashMap<>();

    /**
     * @param refresh renews the copies of sessions after the touch
     * @param timer on which nothing blocks
     */
    UsageRecorder(
            SessionStore store,
            Consumer<List<TokenDigest>> refresh,
            NodeClock clock,
            ScheduledExecutorService timer,
            Executor executor) {
        this.store = store;
        this.refresh = refresh;
        this.clock = clock;
        this.timer = timer;
        this.executor = executor;
    }

    /** Called for every use; cheap where nothing is due. */
    void used(SessionCopy copy, long storeMillis) {
        if (isDue(copy.session(), storeMillis) && underWay.size() < MOST_UNDER_WAY && underWay.add(copy.digest())) {
            gather(copy.digest(), part(copy.session()));
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

    /** Records what has gathered. Blocks while the store does. */
    void close() {
        List<Uses> left;
        synchronized (this) {
            left = List.copyOf(gathering.values());
            gathering.clear();
        }
        boolean there = true;
        for (Uses uses : left) {
            there = there && isRecorded(uses);
        }
    }

    private void gather(TokenDigest digest, long part) {
        Uses begun = null;
        Uses full = null;
        synchronized (this) {
            Uses uses = gathering.get(part);
            if (uses == null) {
                begun = uses = new Uses(part, clock.nanoTime());
                gathering.put(part, uses);
            }
            uses.digests.add(digest);
            if (uses.digests.size() == MOST) {
                full = gathering.remove(part);
            }
        }
        if (begun != null) {
            schedule(begun);
        }
        record(full);
    }

    private void schedule(Uses uses) {
        try {
            var unused = timer.schedule(
                    () -> record(taken(uses)), Math.min(GATHERING_MILLIS, uses.part), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            drop(taken(uses));
        }
    }

    /** Unless they were full before. */
    private synchronized @Nullable Uses taken(Uses uses) {
        return gathering.remove(uses.part, uses) ? uses : null;
    }

    private void record(@Nullable Uses uses) {
        if (uses != null) {
            try {
                executor.execute(() -> isRecorded(uses));
            } catch (RejectedExecutionException e) {
                drop(uses);
            }
        }
    }

    private void drop(@Nullable Uses uses) {
        if (uses != null) {
            uses.digests.forEach(underWay::remove);
        }
    }

    /** Whether the store answered. */
    private boolean isRecorded(Uses uses) {
        try {
            store.touchAll(uses.digests, uses.ago(clock), Duration.ofMillis(uses.part));
            refresh.accept(uses.digests);
            return true;
        } catch (RuntimeException e) {
            LOG.log(Level.DEBUG, "Uses could not be recorded; the next ones try again.", e);
            return !(e instanceof StoreUnavailableException);
        } finally {
            drop(uses);
        }
    }

    /** Uses that are recorded together; more are added while they gather. */
    private static final class Uses {

        /** Of the idle timeout, in milliseconds. */
        private final long part;

        /** When the first of them was, by the monotonic clock. */
        private final long first;

        private final List<TokenDigest> digests = new ArrayList<>();

        Uses(long part, long first) {
            this.part = part;
            this.first = first;
        }

        /** Rather too long than too short. */
        Duration ago(NodeClock clock) {
            return Duration.ofMillis((clock.nanoTime() - first) / 1_000_000 + 1);
        }
    }
}
