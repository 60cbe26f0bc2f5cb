package dev.lockstep.sim.store;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * How each change is taken back, the last one first: what a crash, a failover or a restore loses is
 * taken back from the end.
 */
final class Journal {

    /** More than any of these loses. */
    private static final int REMEMBERED = 200_000;

    private final Deque<Runnable> undoings = new ArrayDeque<>();
    private long end;

    /** How much has been changed until now. */
    long end() {
        return end;
    }

    /** The furthest that can be gone back to. */
    long beginning() {
        return end - undoings.size();
    }

    void changed(Runnable undoing) {
        end++;
        undoings.addLast(undoing);
        if (undoings.size() > REMEMBERED) {
            undoings.removeFirst();
        }
    }

    /** Takes back what came after that. */
    void goBackTo(long place) {
        while (end > place && !undoings.isEmpty()) {
            undoings.removeLast().run();
            end--;
        }
    }
}
