package dev.lockstep.spi;

/**
 * A place in a store's revocation log. Positions can be compared only within one epoch: a store
 * that was restored from a backup, or has failed over, starts a new one.
 *
 * @param epoch names one history of the log
 * @param position the number of revocations that this history held; never negative
 */
public record LogPosition(long epoch, long position) {

    /** Whether this place lies at or beyond the other, in the same history. */
    public boolean reaches(LogPosition other) {
        return epoch == other.epoch && position >= other.position;
    }
}
