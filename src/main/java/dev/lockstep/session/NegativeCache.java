package dev.lockstep.session;

import dev.lockstep.TokenDigest;
import dev.lockstep.spi.NodeClock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * Digests of which the store has told this node that it has no session. What a shared cache has of
 * them is not used: one that takes reads and no writes, as a full server or a demoted one does, or
 * that was out of reach, still has the copy, which the next request would accept again where the
 * session vanished without a revocation.
 *
 * <p>A denial is kept for as long as a copy that was there before it may live: the copies' time to
 * live, and {@link #LATEST_PUT} for one that another node had read before and puts late. Each node
 * keeps its own: to a node that has not asked the store the session is as live as before. A
 * revocation is announced, and ends it there too.
 *
 * <p>Anybody can send tokens that nobody knows. They may push out one another, but not the denials
 * of sessions of which a cache had a copy: these have a place of their own.
 *
 * <p><b>Stamps.</b> A copy may be read, from the store or from the shared cache, before the session
 * vanishes, and be put after it was denied. So whoever is going to put takes the digest's stamp
 * before reading, and compares it when the copy has been put. A denial changes the stamp before
 * copies are dropped, so one of the two finds the other: a copy that was put earlier is dropped by
 * who denies, and one that is put later finds the stamp changed, and is dropped by the thread that
 * put it. A request that comes in between may get it, as one that came before the denial would
 * have. Digests share {@value #STAMPS} stamps: a change that was another's costs a copy that would
 * have been good.
 *
 * <p>Thread-safe. Denials are added and lifted under one lock, together with what happens to the
 * stamp, so that a reading lifts none that is younger than itself. Who reads the shared cache looks
 * for a denial first: one that is added after that look is added while the request is under way.
 */
final class NegativeCache {

    /**
     * Longer than any deadline of a cache or the store, and than a pause after which a request is
     * still served.
     */
    static final Duration LATEST_PUT = Duration.ofMinutes(5);

    /** 16 KB; among a hundred loads under way, one in forty shares a stamp by chance. */
    private static final int STAMPS = 4_096;

    private final RecentDigests ofCopies;
    private final RecentDigests ofOthers;
    private final AtomicIntegerArray stamps = new AtomicIntegerArray(STAMPS);

    /** @param timeToLive that of copies in the shared cache */
    NegativeCache(Duration timeToLive, NodeClock clock) {
        this.ofCopies = new RecentDigests(timeToLive.plus(LATEST_PUT), clock);
        this.ofOthers = new RecentDigests(timeToLive.plus(LATEST_PUT), clock);
    }

    boolean contains(TokenDigest digest) {
        return ofCopies.contains(digest) || ofOthers.contains(digest);
    }

    /** To be taken before the store is read, or a cache. */
    int stamp(TokenDigest digest) {
        return stamps.get(index(digest));
    }

    synchronized void add(TokenDigest digest) {
        stamps.incrementAndGet(index(digest));
        ofOthers.add(digest);
    }

    /** As if all had been denied that are being read: none of it is kept. */
    synchronized void changeAllStamps() {
        for (int i = 0; i < STAMPS; i++) {
            stamps.incrementAndGet(i);
        }
    }

    /** Keeps a denial that was added, since a cache has a copy, from those of which none has. */
    synchronized void keep(TokenDigest digest) {
        ofCopies.add(digest);
    }

    /**
     * The store vouches for a session, which so is denied no longer.
     *
     * @param stamp from before the store was read
     * @return whether that was not denied meanwhile
     */
    synchronized boolean lift(TokenDigest digest, int stamp) {
        if (stamp(digest) != stamp) {
            return false;
        }
        ofCopies.remove(digest);
        ofOthers.remove(digest);
        return true;
    }

    private static int index(TokenDigest digest) {
        return digest.hashCode() & (STAMPS - 1);
    }

    /**
     * Digests that were added within a period, at most {@value #MAX_DIGESTS}: of more, those that
     * were added first are given up.
     *
     * <p>Thread-safe. A look takes no lock. All digests have the same period and enter under one
     * lock, so the order of entering is the order of ending. {@code order} may name digests that
     * were removed or have entered again, which their end tells.
     */
    static final class RecentDigests {

        /** About 1 MB; in a flood of unknown tokens, a few seconds' worth (an estimate). */
        static final int MAX_DIGESTS = 10_000;

        private final Duration period;
        private final NodeClock clock;
        private final ConcurrentMap<TokenDigest, Long> ends = new ConcurrentHashMap<>();
        private final Queue<Entry> order = new ArrayDeque<>();

        RecentDigests(Duration period, NodeClock clock) {
            this.period = period;
            this.clock = clock;
        }

        private record Entry(TokenDigest digest, Long endNanos) {}

        boolean contains(TokenDigest digest) {
            Long end = ends.get(digest);
            return end != null && end - clock.nanoTime() > 0;
        }

        /** Has no effect on one that is there already. */
        synchronized void add(TokenDigest digest) {
            if (!contains(digest)) {
                Entry entry = new Entry(digest, clock.nanoTime() + period.toNanos());
                ends.put(digest, entry.endNanos());
                order.add(entry);
            }
            while (order.size() > MAX_DIGESTS || isFirstOver()) {
                Entry first = order.remove();
                ends.remove(first.digest(), first.endNanos());
            }
        }

        void remove(TokenDigest digest) {
            ends.remove(digest);
        }

        /** How many there are, some that are over included. */
        int size() {
            return ends.size();
        }

        private boolean isFirstOver() {
            Entry first = order.peek();
            return first != null && first.endNanos() - clock.nanoTime() <= 0;
        }
    }
}
