package dev.lockstep.revocation;

import dev.lockstep.TokenDigest;
import dev.lockstep.revocation.RevocationSettings.FactsLimits;
import dev.lockstep.spi.Revocation;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The digests that were revoked recently, in two generations, so that forgetting is dropping the
 * older one whole.
 *
 * <p>Written under the lock of the {@link Facts} that own it, read without a lock while it is
 * written: {@link #contains} finds every digest whose {@link #add} returned before, until
 * {@link #forgetOlder}. A reader between two generations holds on to the pair that it read, which
 * still has what it had.
 */
final class RevokedSet {

    private final int perGeneration;
    private final long nanosPerGeneration;
    private volatile Generations generations;

    RevokedSet(FactsLimits limits, long nanos) {
        perGeneration = limits.max() / 2;
        nanosPerGeneration = limits.maxAge().dividedBy(2).toNanos();
        generations = new Generations(new Generation(nanos), new Generation(nanos));
    }

    boolean contains(TokenDigest digest) {
        Generations both = generations;
        return both.younger.digests.contains(digest) || both.older.digests.contains(digest);
    }

    /** Whether the digest was not in the set before. */
    boolean add(Revocation revocation) {
        Generations both = generations;
        both.younger.newest = Math.max(both.younger.newest, revocation.position());
        boolean isNew = both.younger.digests.add(revocation.digest());
        return isNew && !both.older.digests.contains(revocation.digest());
    }

    /** Whether the younger generation has as many digests as its half of the limit. */
    boolean isFull() {
        return generations.younger.digests.size() >= perGeneration;
    }

    /** Whether the younger generation is as old as its half of the limit. */
    boolean isOld(long nanos) {
        return nanos - generations.younger.since >= nanosPerGeneration;
    }

    /**
     * The newest position that {@link #forgetOlder} would forget; the floor must have reached it
     * before.
     */
    long newestOfOlder() {
        return generations.older.newest;
    }

    /** Drops the older generation; the younger takes its place. */
    void forgetOlder(long nanos) {
        generations = new Generations(new Generation(nanos), generations.younger);
    }

    int size() {
        Generations both = generations;
        return both.younger.digests.size() + both.older.digests.size();
    }

    private record Generations(Generation younger, Generation older) {}

    private static final class Generation {

        final Set<TokenDigest> digests = ConcurrentHashMap.newKeySet();
        final long since;
        long newest;

        Generation(long since) {
            this.since = since;
        }
    }
}
