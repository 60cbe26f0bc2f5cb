package dev.lockstep.session;

import dev.lockstep.TokenDigest;
import dev.lockstep.spi.NodeClock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Digests that were added within a period, at most {@value #MAX_DIGESTS}: of more, those that were
 * added first are given up.
 *
 * <p>Thread-safe. A look takes no lock. All digests have the same period and enter under one lock,
 * so the order of entering is the order of ending. {@code order} may name digests that were removed
 * or have entered again, which their end tells.
 */
final class RecentDigests {

    /** About 1 MB; at a flood of unknown tokens, some seconds' worth. */
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
