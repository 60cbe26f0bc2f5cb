package dev.lockstep.chaos.history;

/**
 * The database was set back to an older copy of itself: what was committed in between is lost.
 *
 * @param copied before the copy was taken; what had returned by then is in it
 * @param began before the database was stopped in order to be replaced
 * @param ended after it was open again
 */
public record Restore(long copied, long began, long ended) {

    /** Whether it may have undone what a call did, for somebody who looks at a later time. */
    boolean mayHaveUndone(long callBegan, long callEnded, long looked) {
        return callBegan < ended && callEnded > copied && began < looked;
    }
}
