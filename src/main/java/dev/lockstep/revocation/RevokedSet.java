package dev.lockstep.revocation;

import dev.lockstep.TokenDigest;
import dev.lockstep.revocation.RevocationSettings.FactsLimits;
import dev.lockstep.spi.Revocation;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.security.SecureRandom;

/**
 * The digests that were revoked recently, in two generations, so that forgetting is dropping the
 * older one whole. A generation is an open-addressed {@link Table}, of some 50 bytes a digest when
 * it is full.
 *
 * <p>Written under the lock of the {@link Facts} that own it, read without a lock while it is
 * written: {@link #contains} finds every digest whose {@link #add} returned before, until
 * {@link #forgetOlder}. Both read or write {@link #generations} first and a table's tags then, all
 * volatile, so that no such access is moved before or after another, nor before or after those of
 * the facts. Why each race is harmless:
 *
 * <ul>
 *   <li>A reader beside {@code add} sees the digest, or does not, and never a part of it: a slot's
 *       tag is written after the digest it stands for, and neither is ever changed in that table.
 *   <li>A table that is full is replaced by a larger one that has all of its digests before it is
 *       published, and is not written any more. A reader that holds on to the former one lacks only
 *       digests whose {@code add} had not returned when it began.
 *   <li>A reader between two generations holds on to the pair that it read, which still has what it
 *       had.
 * </ul>
 */
final class RevokedSet {

    /** Digests of the first table that has any: those of one line of tags. */
    static final int SMALLEST = 40;

    private final int perGeneration;
    private final long nanosPerGeneration;
    private volatile Generations generations;

    RevokedSet(FactsLimits limits, long nanos) {
        perGeneration = Math.max(1, limits.max() / 2);
        nanosPerGeneration = limits.maxAge().dividedBy(2).toNanos();
        generations = new Generations(new Table(0), new Table(0), nanos, 0);
    }

    boolean contains(TokenDigest digest) {
        Generations both = generations;
        long a = digest.a();
        long b = digest.b();
        long c = digest.c();
        long d = digest.d();
        return both.younger.contains(a, b, c, d) || both.older.contains(a, b, c, d);
    }

    /**
     * Whether the digest was not in the set before. Called while the set is not {@linkplain #isFull
     * full}.
     */
    boolean add(Revocation revocation) {
        Generations both = withRoom();
        both.newestOfYounger = Math.max(both.newestOfYounger, revocation.position());
        TokenDigest digest = revocation.digest();
        boolean isNew = both.younger.add(digest);
        return isNew && !both.older.contains(digest.a(), digest.b(), digest.c(), digest.d());
    }

    /** Whether the younger generation has as many digests as its half of the limit. */
    boolean isFull() {
        return generations.younger.size >= perGeneration;
    }

    /** Whether the younger generation is as old as its half of the limit. */
    boolean isOld(long nanos) {
        return nanos - generations.since >= nanosPerGeneration;
    }

    /**
     * The newest position that {@link #forgetOlder} would forget; the floor must have reached it
     * before.
     */
    long newestOfOlder() {
        return generations.newestOfOlder;
    }

    /** Drops the older generation; the younger takes its place. */
    void forgetOlder(long nanos) {
        Generations both = generations;
        generations = new Generations(new Table(0), both.younger, nanos, both.newestOfYounger);
    }

    int size() {
        Generations both = generations;
        return both.younger.size + both.older.size;
    }

    /** Doubles the younger table if it is full, as far as a generation goes. */
    private Generations withRoom() {
        Generations both = generations;
        if (both.younger.isFull()) {
            long doubled = Math.max(SMALLEST, 2L * both.younger.capacity);
            both = both.grown((int) Math.min(doubled, perGeneration));
            generations = both;
        }
        return both;
    }

    /** Two tables, and what only writers know of them. */
    private static final class Generations {

        final Table younger;
        final Table older;
        final long since;
        final long newestOfOlder;
        long newestOfYounger;

        Generations(Table younger, Table older, long since, long newestOfOlder) {
            this.younger = younger;
            this.older = older;
            this.since = since;
            this.newestOfOlder = newestOfOlder;
        }

        Generations grown(int capacity) {
            Generations grown = new Generations(younger.grown(capacity), older, since, newestOfOlder);
            grown.newestOfYounger = newestOfYounger;
            return grown;
        }
    }

    /**
     * Digests by open addressing, to which one thread at a time adds while any read. Slots come in
     * groups of eight: a tag of a byte for each, zero while the slot is empty, all in one long,
     * and four longs for each digest. A look-up reads the tags of the digest's home group and goes
     * on to the next group while the one that it read has no empty slot; it reads digests only
     * where the tag is its own. So one that misses reads one place in memory as a rule: with two
     * slots of three in use, 1.3 groups on average, and another digest once in 17 look-ups.
     *
     * <p><b>Publication.</b> The digest's longs are written before the long with its tag, which is
     * volatile; a reader that finds the tag therefore finds them. That holds for tags that were
     * written into the same long later, too, as writers hold one lock.
     *
     * <p><b>Flooding.</b> Whoever logs out with made-up tokens chooses among digests: 2<sup>k</sup>
     * of SHA-256 give one with k bits as wanted. A position taken from the digest's own bits could
     * be filled on purpose, and each look-up nearby would walk through it. So the position is a
     * hash under two random odd factors of the process. The first hides what structure the chosen
     * digests have; by the second any two share a group with a probability of at most two by the
     * number of groups, for whoever does not know it (Dietzfelbinger et al., "A Reliable Randomized
     * Algorithm for the Closest-Pair Problem", 1997). Nothing tells of the factors outside but how
     * many nanoseconds a look-up takes. Digests with the same first eight bytes do share a group;
     * two such cost 2<sup>32</sup> tries, three 2<sup>43</sup>, and so on towards 2<sup>64</sup>
     * for each. Whatever is tried, a table has no more digests than its generation.
     */
    static final class Table {

        private static final VarHandle TAGS = MethodHandles.arrayElementVarHandle(long[].class);
        private static final int SLOTS = 8;
        private static final int LONGS = 4;
        private static final long EACH = 0x0101010101010101L;
        private static final long HIGHEST = 0x8080808080808080L;
        private static final long FACTOR = oddFactor();
        private static final long SECOND_FACTOR = oddFactor();

        final int capacity;
        private final long[] tags;
        private final long[] digests;
        int size;

        /** @param capacity how many digests go into it: two slots of three */
        Table(int capacity) {
            int groups = (int) ((3L * capacity + 2 * SLOTS - 1) / (2 * SLOTS));
            this.capacity = capacity;
            this.tags = new long[groups];
            this.digests = new long[groups * SLOTS * LONGS];
        }

        /**
         * By the four longs of a digest: an object made for them alone then reaches no call that is
         * compiled by itself, so the compiler leaves it out.
         */
        boolean contains(long a, long b, long c, long d) {
            if (tags.length == 0) {
                return false;
            }
            long hash = hash(a);
            long pattern = tag(hash) * EACH;
            int group = home(hash);
            while (true) {
                long word = (long) TAGS.getVolatile(tags, group);
                long alike = zeroBytes(word ^ pattern);
                if (alike != 0 && isAmong(alike, group, a, b, c, d)) {
                    return true;
                }
                if (hasEmptySlot(word)) {
                    return false;
                }
                group = next(group);
            }
        }

        /**
         * Whether the digest was not in it before. Called by one thread at a time, while it is not
         * {@linkplain #isFull full}.
         */
        boolean add(TokenDigest digest) {
            if (contains(digest.a(), digest.b(), digest.c(), digest.d())) {
                return false;
            }
            put(digest.a(), digest.b(), digest.c(), digest.d());
            return true;
        }

        boolean isFull() {
            return size >= capacity;
        }

        /** A larger one with the same digests. */
        Table grown(int capacity) {
            Table grown = new Table(capacity);
            for (int slot = 0; slot < tags.length * SLOTS; slot++) {
                if ((tags[slot / SLOTS] >>> (slot % SLOTS * Byte.SIZE) & 0xff) != 0) {
                    int at = slot * LONGS;
                    grown.put(digests[at], digests[at + 1], digests[at + 2], digests[at + 3]);
                }
            }
            return grown;
        }

        private void put(long a, long b, long c, long d) {
            long hash = hash(a);
            int group = home(hash);
            while (!hasEmptySlot(tags[group])) {
                group = next(group);
            }
            int empty = firstByte(~tags[group] & HIGHEST);
            int at = (group * SLOTS + empty) * LONGS;
            digests[at] = a;
            digests[at + 1] = b;
            digests[at + 2] = c;
            digests[at + 3] = d;
            TAGS.setVolatile(tags, group, tags[group] | (tag(hash) << (empty * Byte.SIZE)));
            size++;
        }

        /** Whether it is in one of the group's slots that a mask has the highest bits of. */
        private boolean isAmong(long slots, int group, long a, long b, long c, long d) {
            for (long left = slots; left != 0; left &= left - 1) {
                int at = (group * SLOTS + firstByte(left)) * LONGS;
                if (digests[at] == a && digests[at + 1] == b && digests[at + 2] == c && digests[at + 3] == d) {
                    return true;
                }
            }
            return false;
        }

        /** The highest 32 bits, as a fraction, of the groups. */
        int home(long hash) {
            return (int) (((hash >>> 32) * tags.length) >>> 32);
        }

        private int next(int group) {
            return group + 1 == tags.length ? 0 : group + 1;
        }

        static long hash(long a) {
            long product = a * FACTOR;
            return (product ^ (product >>> 32)) * SECOND_FACTOR;
        }

        /** Seven bits of the hash, and an eighth that an empty slot lacks. */
        static long tag(long hash) {
            return (hash & 0x7f) | 0x80;
        }

        private static boolean hasEmptySlot(long word) {
            return (~word & HIGHEST) != 0;
        }

        /**
         * The highest bit of each byte that is zero, and perhaps of a 1 above one; never of a byte
         * that has its highest bit, as that of an empty slot has beside a tag's pattern.
         */
        static long zeroBytes(long word) {
            return (word - EACH) & ~word & HIGHEST;
        }

        private static int firstByte(long mask) {
            return Long.numberOfTrailingZeros(mask) / Byte.SIZE;
        }

        private static long oddFactor() {
            return new SecureRandom().nextLong() | 1;
        }
    }
}
