package dev.lockstep.sim.engine;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** What has happened: a hash of all of it, and the words for the last of it. */
public final class EventTrace {

    private static final int REMEMBERED = 4_000;
    private static final long FACTOR = 0x9E3779B97F4A7C15L;

    private final boolean worded;
    private final Deque<String> last = new ArrayDeque<>();
    private long hash = 1;

    /** @param worded whether words are kept, which costs time */
    public EventTrace(boolean worded) {
        this.worded = worded;
    }

    void add(long value) {
        long mixed = (hash ^ value) * FACTOR;
        hash = mixed ^ mixed >>> 29;
    }

    boolean isWorded() {
        return worded;
    }

    void add(String words) {
        if (worded) {
            if (last.size() == REMEMBERED) {
                last.removeFirst();
            }
            last.addLast(words);
        }
    }

    public long hash() {
        return hash;
    }

    /** The last of what has happened, in its order. */
    public List<String> last() {
        return List.copyOf(last);
    }
}
