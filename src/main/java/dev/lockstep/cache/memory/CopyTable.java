package dev.lockstep.cache.memory;

import dev.lockstep.Session;
import dev.lockstep.SessionCopy;
import dev.lockstep.TokenDigest;
import dev.lockstep.spi.TimedCache.TimedCopy;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A hash table of a bounded number of copies with two keys, the digest and the fingerprint of the
 * token. Its chains are of entries that are linked themselves: a hit touches a bucket and an entry,
 * and a copy costs one object beside its session.
 *
 * <p><b>Invariant.</b> Every entry that is kept is in the chain of its digest; in the chain of its
 * fingerprint, too, if it is identified; and in the {@link EvictionOrder}. An entry enters once,
 * and leaves once for good. What it is found by and what it holds never change while it can be
 * found by that: the fingerprint is written before the entry enters the fingerprint's chain.
 *
 * <p><b>Writers</b> hold this object's lock, for as long as a chain is: a copy is put after the
 * store or another cache was read, which takes longer by far. No hit takes it.
 *
 * <p><b>Readers</b> take no lock. Buckets and links are volatile, so a reader that reaches an entry
 * sees all of it. Why each race is harmless:
 *
 * <ul>
 *   <li>Keys are compared in full, so a reader that is led astray finds nothing, never another's.
 *   <li>An entry that has left keeps its links, which lead to what followed it; so a reader that
 *       stands on one misses nothing that was there before it came and still is.
 *   <li>What replaces an entry takes its place in the chain, so that a reader finds one or the
 *       other.
 *   <li>An entry that a reader finds after it has left was there when the reader began: one that
 *       begins after the leaving reads buckets and links that no longer lead there.
 *   <li>Uses are counted without atomicity: some get lost, or are counted for an entry that has
 *       left.
 * </ul>
 *
 * <p>The number of buckets is fixed: links that change chains would cost readers hits.
 */
final class CopyTable {

    /** 32 MB for both keys; with more copies the chains get longer. */
    private static final int MOST_BUCKETS = 1 << 22;

    private final int mask;
    private final ByDigest byDigest;
    private final ByFingerprint byFingerprint;
    private final EvictionOrder order;

    /** @param max how many copies at most; positive */
    CopyTable(long max) {
        int buckets = buckets(max);
        mask = buckets - 1;
        byDigest = new ByDigest(buckets);
        byFingerprint = new ByFingerprint(buckets);
        order = new EvictionOrder((int) Math.min(max, Integer.MAX_VALUE));
    }

    private static int buckets(long max) {
        return max >= MOST_BUCKETS ? MOST_BUCKETS : Math.max(1, Integer.highestOneBit((int) max * 2 - 1));
    }

    @Nullable
    Entry get(TokenDigest digest) {
        Entry at = byDigest.first(digest.hashCode() & mask);
        while (at != null && !at.hasDigest(digest)) {
            at = at.nextByDigest;
        }
        return at;
    }

    @Nullable
    Entry get(long fingerprintA, long fingerprintB) {
        Entry at = byFingerprint.first((int) fingerprintA & mask);
        while (at != null && !at.hasFingerprint(fingerprintA, fingerprintB)) {
            at = at.nextByFingerprint;
        }
        return at;
    }

    /** How many copies it has. */
    synchronized int size() {
        return order.size();
    }

    /**
     * Puts a copy in the place of that of the same digest, or of others if there is no room.
     *
     * @return how many others have made room
     */
    synchronized int put(Entry entry) {
        Entry former = get(entry.digest());
        if (former == null) {
            int evicted = makeRoom();
            byDigest.add(entry);
            order.add(entry);
            return evicted;
        }
        byDigest.replace(former, entry);
        if (former.identified) {
            entry.identify(former.fingerprintA, former.fingerprintB);
            byFingerprint.replace(former, entry);
        }
        order.replace(former, entry);
        return 0;
    }

    /** Lets the copy of a digest, which has been found by it, be found by a fingerprint as well. */
    void identify(TokenDigest digest, long fingerprintA, long fingerprintB) {
        Entry seen = get(digest);
        if (seen != null && !seen.identified) {
            identifyFirst(digest, fingerprintA, fingerprintB);
        }
    }

    private synchronized void identifyFirst(TokenDigest digest, long fingerprintA, long fingerprintB) {
        Entry entry = get(digest);
        if (entry != null && !entry.identified) {
            entry.identify(fingerprintA, fingerprintB);
            byFingerprint.add(entry);
        }
    }

    synchronized void remove(TokenDigest digest) {
        Entry entry = get(digest);
        if (entry != null) {
            order.remove(entry);
            unlink(entry);
        }
    }

    synchronized void clear() {
        byDigest.clear();
        byFingerprint.clear();
        order.clear();
    }

    /** Removes what meets a condition, a few buckets at a time, between which others may write. */
    void removeIf(Predicate<Entry> condition) {
        int step = 1_024;
        for (int bucket = 0; bucket <= mask; bucket += step) {
            removeIf(condition, bucket, Math.min(bucket + step, mask + 1));
        }
    }

    private synchronized void removeIf(Predicate<Entry> condition, int from, int to) {
        for (int bucket = from; bucket < to; bucket++) {
            for (Entry at = byDigest.first(bucket); at != null; at = at.nextByDigest) {
                if (condition.test(at)) {
                    order.remove(at);
                    unlink(at);
                }
            }
        }
    }

    private int makeRoom() {
        int evicted = 0;
        for (Entry victim = order.evict(); victim != null; victim = order.evict()) {
            unlink(victim);
            evicted++;
        }
        return evicted;
    }

    private void unlink(Entry entry) {
        byDigest.replace(entry, null);
        if (entry.identified) {
            byFingerprint.replace(entry, null);
        }
    }

    /** The chains of one key. Changed under the table's lock, read without it. */
    private abstract static class Chains {

        private final AtomicReferenceArray<@Nullable Entry> buckets;

        Chains(int number) {
            buckets = new AtomicReferenceArray<>(number);
        }

        abstract int bucket(Entry entry, int mask);

        abstract @Nullable Entry next(Entry entry);

        abstract void link(Entry entry, @Nullable Entry next);

        final @Nullable Entry first(int bucket) {
            return buckets.get(bucket);
        }

        final void add(Entry entry) {
            int bucket = bucket(entry);
            link(entry, buckets.get(bucket));
            buckets.set(bucket, entry);
        }

        /** Puts another in the place of an entry that is there; null for none. */
        final void replace(Entry entry, @Nullable Entry by) {
            int bucket = bucket(entry);
            Entry following = next(entry);
            if (by != null) {
                link(by, following);
            }
            Entry instead = by == null ? following : by;
            Entry before = before(entry, buckets.get(bucket));
            if (before == null) {
                buckets.set(bucket, instead);
            } else {
                link(before, instead);
            }
        }

        private @Nullable Entry before(Entry entry, @Nullable Entry first) {
            Entry before = null;
            for (Entry at = first; at != null && at != entry; at = next(at)) {
                before = at;
            }
            return before;
        }

        private int bucket(Entry entry) {
            return bucket(entry, buckets.length() - 1);
        }

        final void clear() {
            for (int i = 0; i < buckets.length(); i++) {
                buckets.set(i, null);
            }
        }
    }

    private static final class ByDigest extends Chains {

        ByDigest(int number) {
            super(number);
        }

        @Override
        int bucket(Entry entry, int mask) {
            return entry.digest().hashCode() & mask;
        }

        @Override
        @Nullable
        Entry next(Entry entry) {
            return entry.nextByDigest;
        }

        @Override
        void link(Entry entry, @Nullable Entry next) {
            entry.nextByDigest = next;
        }
    }

    private static final class ByFingerprint extends Chains {

        ByFingerprint(int number) {
            super(number);
        }

        @Override
        int bucket(Entry entry, int mask) {
            return (int) entry.fingerprintA & mask;
        }

        @Override
        @Nullable
        Entry next(Entry entry) {
            return entry.nextByFingerprint;
        }

        @Override
        void link(Entry entry, @Nullable Entry next) {
            entry.nextByFingerprint = next;
        }
    }

    /**
     * A copy with the end of its time to live, and its links. One flat object: what a hit reads
     * lies together, and the digest and the copy are made into objects only for who asks for them.
     */
    static final class Entry implements TimedCopy {

        /** As many as the eviction order tells apart. */
        private static final int MOST_USES = 3;

        private final long digestA;
        private final long digestB;
        private final long digestC;
        private final long digestD;
        private final long epoch;
        private final long position;
        private final long endNanos;
        private final Session session;

        private long fingerprintA;
        private long fingerprintB;
        private boolean identified;

        @Nullable
        volatile Entry nextByDigest;

        private volatile @Nullable Entry nextByFingerprint;

        // the eviction order's
        @Nullable
        Entry older;

        @Nullable
        Entry newer;

        boolean inMain;
        byte uses;

        /** @param endNanos by the monotonic clock */
        Entry(SessionCopy copy, long endNanos) {
            TokenDigest digest = copy.digest();
            this.digestA = digest.a();
            this.digestB = digest.b();
            this.digestC = digest.c();
            this.digestD = digest.d();
            this.session = copy.session();
            this.epoch = copy.epoch();
            this.position = copy.position();
            this.endNanos = endNanos;
        }

        /** Only one that has not been used often is written to: what is read much is shared. */
        void use() {
            if (uses < MOST_USES) {
                uses++;
            }
        }

        boolean hasExpired(long nanos) {
            return nanos - endNanos >= 0;
        }

        @Override
        public boolean hasExpired(long nanos, long wallMillis) {
            return hasExpired(nanos);
        }

        @Override
        public SessionCopy copy() {
            return new SessionCopy(digest(), session, epoch, position);
        }

        @Override
        public TokenDigest digest() {
            return new TokenDigest(digestA, digestB, digestC, digestD);
        }

        @Override
        public Session session() {
            return session;
        }

        @Override
        public long epoch() {
            return epoch;
        }

        @Override
        public long position() {
            return position;
        }

        private boolean hasDigest(TokenDigest digest) {
            return digestA == digest.a() && digestB == digest.b() && digestC == digest.c() && digestD == digest.d();
        }

        private boolean hasFingerprint(long a, long b) {
            return fingerprintA == a && fingerprintB == b;
        }

        private void identify(long a, long b) {
            fingerprintA = a;
            fingerprintB = b;
            identified = true;
        }
    }
}
