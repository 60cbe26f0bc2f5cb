package dev.lockstep.chaos.history;

/**
 * The database was set back to an older copy of itself: what was committed in between is lost.
 *
 * @param copied before the copy was taken; what had returned by then is in it
 * @param began before the database was stopped in order to be replaced
 * @param ended after it was open again, with its new epoch
 */
public record Restore(long copied, long began, long ended) {

    /**
     * A call that was over when the database opened again may have had its answer a little later.
     */
    public static final long ON_ITS_WAY = 1_000_000_000;

    /** Whether it may have undone what a call did, for somebody who looks at a later time. */
    boolean mayHaveUndone(long callBegan, long callEnded, long looked) {
        return callBegan < ended && callEnded > copied && began < looked;
    }

    /**
     * The same for a call that ended something. One that returns when the new epoch is in force
     * says that its end holds in the new history, whenever it began.
     *
     * @param waited whether the node that was asked stood still meanwhile, so that an answer was on
     *     its way for longer
     */
    boolean mayHaveUndone(End end, boolean waited, long looked) {
        return mayHaveUndone(end.began(), end.ended(), looked) && (waited || end.ended() <= ended + ON_ITS_WAY);
    }
}
