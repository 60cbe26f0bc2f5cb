package dev.lockstep.cache.memory;

import dev.lockstep.TokenDigest;
import dev.lockstep.cache.memory.CopyTable.Entry;
import org.jspecify.annotations.Nullable;

/**
 * Says which copy makes room for a new one: S3-FIFO (Yang, Zhang, Qiu, Yue and Rashmi: FIFO queues
 * are all you need for cache eviction, SOSP 2023). A tenth of the room is a queue for what is new;
 * what was used more than once by the time it reaches the end moves to the main queue, what was not
 * makes room and is remembered for a while, and enters the main queue if it comes back. There, an
 * entry that was used goes round once more for each use, three at most.
 *
 * <p>A hit moves nothing: it counts a use in the entry. That is why hits need no lock and no buffer
 * of reads, which is what Caffeine's order needs.
 *
 * <p>Its owner's lock guards it.
 */
final class EvictionOrder {

    /**
     * How many entries are spared at most to find one that makes room, however many were used: a
     * few microseconds, for which whoever wants to put or to drop waits.
     */
    private static final int MOST_SPARED = 256;

    private final int max;
    private final int smallest;
    private final Queue recent = new Queue();
    private final Queue main = new Queue();
    private final Remembered remembered;

    /** @param max how many entries there may be */
    EvictionOrder(int max) {
        this.max = max;
        this.smallest = Math.max(1, max / 10);
        this.remembered = new Remembered(max);
    }

    int size() {
        return recent.size + main.size;
    }

    /** Takes a new entry, for which there is room. */
    void add(Entry entry) {
        entry.inMain = remembered.remove(entry.digest());
        queue(entry).add(entry);
    }

    /** One that takes the place of another, with its uses. */
    void replace(Entry former, Entry entry) {
        entry.inMain = former.inMain;
        entry.uses = former.uses;
        queue(former).replace(former, entry);
    }

    void remove(Entry entry) {
        queue(entry).remove(entry);
    }

    void clear() {
        recent.clear();
        main.clear();
    }

    /** Takes out the entry that makes room for a new one; null where there is room. */
    @Nullable
    Entry evict() {
        if (size() < max) {
            return null;
        }
        int spared = 0;
        while (true) {
            Entry oldest = recent.size >= smallest || main.size == 0 ? recent.oldest : main.oldest;
            if (oldest == null) {
                return null;
            }
            remove(oldest);
            if (spared == MOST_SPARED || !isSpared(oldest)) {
                return oldest;
            }
            spared++;
        }
    }

    private boolean isSpared(Entry oldest) {
        if (oldest.inMain && oldest.uses > 0) {
            oldest.uses--;
        } else if (!oldest.inMain && oldest.uses > 1) {
            oldest.uses = 0;
            oldest.inMain = true;
        } else {
            if (!oldest.inMain) {
                remembered.add(oldest.digest());
            }
            return false;
        }
        main.add(oldest);
        return true;
    }

    private Queue queue(Entry entry) {
        return entry.inMain ? main : recent;
    }

    /** First in, first out; entries are linked themselves, so that any can be taken out. */
    private static final class Queue {

        private @Nullable Entry oldest;
        private @Nullable Entry newest;
        private int size;

        void add(Entry entry) {
            link(newest, entry);
            link(entry, null);
            size++;
        }

        void remove(Entry entry) {
            link(entry.older, entry.newer);
            entry.older = null;
            entry.newer = null;
            size--;
        }

        void replace(Entry former, Entry entry) {
            link(former.older, entry);
            link(entry, former.newer);
            former.older = null;
            former.newer = null;
        }

        void clear() {
            oldest = null;
            newest = null;
            size = 0;
        }

        /** Makes two neighbours; null is what lies beyond an end. */
        private void link(@Nullable Entry older, @Nullable Entry newer) {
            if (older == null) {
                oldest = newer;
            } else {
                older.newer = newer;
            }
            if (newer == null) {
                newest = older;
            } else {
                newer.older = older;
            }
        }
    }

    /**
     * Digests of what made room lately, 32 bits of each, one in each place: what comes to a place
     * pushes out what was there, so that they are forgotten at random, on average after as many as
     * there are places.
     */
    private static final class Remembered {

        private final int[] tags;

        Remembered(int max) {
            tags = new int[Integer.highestOneBit(Math.min(max, 1 << 20))];
        }

        void add(TokenDigest digest) {
            tags[place(digest)] = tag(digest);
        }

        /** Whether it was there. */
        boolean remove(TokenDigest digest) {
            boolean found = tags[place(digest)] == tag(digest);
            if (found) {
                tags[place(digest)] = 0;
            }
            return found;
        }

        private int place(TokenDigest digest) {
            return (int) digest.b() & (tags.length - 1);
        }

        private static int tag(TokenDigest digest) {
            return (int) digest.c() | 1;
        }
    }
}
