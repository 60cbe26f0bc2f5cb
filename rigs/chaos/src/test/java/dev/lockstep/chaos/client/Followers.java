package dev.lockstep.chaos.client;

import java.util.ArrayList;
import java.util.List;

/**
 * Whoever holds a token whose session has just ended: tries it on every node at once, then again
 * and again, for as long as a lease, a fault and its repair may last, and once in a while for ever.
 * Thread-safe.
 */
final class Followers {

    private static final int[] MILLIS = {
        15, 30, 60, 100, 150, 220, 300, 400, 500, 650, 800, 1000, 1200, 1500, 1800, 2200, 2600, 3000, 3500, 4000, 5000,
        6500, 8000
    };
    private static final int REMEMBERED = 3_000;

    private final Calls calls;
    private final Timetable timetable;
    private final List<Subject> ended = new ArrayList<>();

    Followers(Calls calls, Timetable timetable) {
        this.calls = calls;
        this.timetable = timetable;
    }

    /** The calling thread sends first, before it does anything else. */
    void follow(List<Subject> subjects) {
        for (Subject subject : subjects) {
            for (int node = 0; node < calls.nodes(); node++) {
                calls.validateNow(node, subject);
            }
        }
        for (Subject subject : subjects) {
            for (int millis : MILLIS) {
                timetable.later(millis + timetable.pick(10), () -> calls.validate(anyNode(), subject));
            }
            remember(subject);
        }
    }

    /** Some token that ended at some time. */
    void tryAnOldOne() {
        Subject old = any();
        if (old != null) {
            calls.validate(anyNode(), old);
        }
    }

    synchronized List<Subject> some(int count) {
        List<Subject> some = new ArrayList<>();
        for (int i = 0; i < count && !ended.isEmpty(); i++) {
            some.add(ended.get(timetable.pick(ended.size())));
        }
        return some;
    }

    private synchronized @org.jspecify.annotations.Nullable Subject any() {
        return ended.isEmpty() ? null : ended.get(timetable.pick(ended.size()));
    }

    synchronized void remember(Subject subject) {
        if (ended.size() < REMEMBERED) {
            ended.add(subject);
        } else {
            ended.set(timetable.pick(REMEMBERED), subject);
        }
    }

    private int anyNode() {
        return timetable.pick(calls.nodes());
    }
}
