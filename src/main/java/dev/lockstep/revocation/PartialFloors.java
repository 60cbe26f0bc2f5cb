package dev.lockstep.revocation;

import dev.lockstep.Session;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Log positions below which copies of some sessions, and of some principals, are void.
 * There is a fixed number of floors, of which each session and each principal has one by its hash:
 * they never fall and are never forgotten, and one that is shared costs a reading of the store,
 * never correctness.
 *
 * <p>Written under the lock of the {@link Facts} that own it, read without a lock: a floor whose
 * raising has returned is seen. {@code highest} is written first and bounds them all, so that a
 * copy that has reached it need not look further; one that hasn't looks at its own two floors.
 */
final class PartialFloors {

    /**
     * 8 KB for each of the two; with a hundred raised floors, one copy in ten shares one by chance.
     */
    private static final int FLOORS = 1_024;

    private final AtomicLongArray ofSessions = new AtomicLongArray(FLOORS);
    private final AtomicLongArray ofPrincipals = new AtomicLongArray(FLOORS);
    private volatile long highest;

    /** @param position that of the session's copy */
    boolean areReached(Session session, long position) {
        return position >= highest
                || (position >= ofSessions.get(index(session.id()))
                        && position >= ofPrincipals.get(index(session.principal())));
    }

    void raiseOfSession(String sessionId, long position) {
        raise(ofSessions, index(sessionId), position);
    }

    void raiseOfPrincipal(String principal, long position) {
        raise(ofPrincipals, index(principal), position);
    }

    private void raise(AtomicLongArray floors, int index, long position) {
        highest = Math.max(highest, position);
        floors.set(index, Math.max(floors.get(index), position));
    }

    private static int index(String name) {
        int hash = name.hashCode();
        return (hash ^ hash >>> 16) & (FLOORS - 1);
    }
}
