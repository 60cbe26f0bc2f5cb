package dev.lockstep.sim.engine;

import org.jspecify.annotations.Nullable;

/** What happens at a moment. */
final class Event {

    static final int NOWHERE = -1;

    final long nanos;
    final long number;
    final @Nullable SimulatedProcess of;
    final boolean brief;
    final @Nullable Waiting resumes;
    final Runnable what;
    /** In the queue. */
    int place = NOWHERE;

    /**
     * @param number of two at the same moment the lower one comes first
     * @param brief whether it never waits
     * @param resumes who goes on then, if he waits still; null where it is no such event
     * @param what happens, before he goes on
     */
    Event(
            long nanos,
            long number,
            @Nullable SimulatedProcess of,
            boolean brief,
            @Nullable Waiting resumes,
            Runnable what) {
        this.nanos = nanos;
        this.number = number;
        this.of = of;
        this.brief = brief;
        this.resumes = resumes;
        this.what = what;
    }

    /** The same at another moment. */
    Event at(long later, long anotherNumber) {
        return new Event(later, anotherNumber, of, brief, resumes, what);
    }

    boolean isBefore(Event other) {
        return nanos != other.nanos ? nanos < other.nanos : number < other.number;
    }
}
