package dev.lockstep.sim.check;

/**
 * The asking for an end, in the life of the process that asks. Times are in nanoseconds.
 *
 * @param where the node
 * @param what of which sessions
 * @param begun when
 * @param stolen for how long somebody had kept the process from its work until then
 * @param losses how often the store had lost something until then
 */
public record EndCall(String where, String what, long begun, long stolen, int losses) {

    private static final long SECOND = 1_000_000_000;
    /** So soon after its process goes on a caller is told of what was decided before. */
    private static final long TOLD = 2 * SECOND;
    /** Every change of threads may take a fifth of a second. */
    private static final long SCHEDULING = 4 * SECOND;

    /**
     * How long it may take by the formula of docs/internals/logout.md, for what is announced and
     * ended in parts.
     *
     * @param store {@code lockstep.store.timeout}
     * @param lease the longest of a node
     * @param parts in how many transactions
     * @param slowest the rate of the slowest clock
     */
    public static long bound(long store, long lease, long parts, double slowest) {
        return (long) ((4 * store + 2 * parts * store + lease * 5 / 4 + SECOND) / slowest) + SCHEDULING;
    }

    /** How long it took. The time for which the process was held is its own affair. */
    public long took(long now, long stolenNow) {
        return now - begun - (stolenNow - stolen);
    }

    /**
     * A process that stood still between the moment in which an end was true and the one in which
     * its caller was told, while the store that had lost it opened again: neither can know. Once it
     * is free to go on, that is a matter of moments.
     *
     * @param sinceLoss for how long the store has been open since
     * @param free for how long the process has been free to go on
     */
    public boolean mayBeLost(int lossesNow, long sinceLoss, long stolenNow, long free) {
        return lossesNow != losses && stolenNow > stolen && free < Math.min(TOLD, sinceLoss + SECOND / 2);
    }
}
