package dev.lockstep.sim.check;

/**
 * Until when a session lives, as its clients know it: by the store's clock, in milliseconds. A use
 * counts somewhere between its beginning and its end.
 */
public final class Lifetime {

    private final long firstEnd;
    private final long lastEnd;
    private final long idle;
    private long lastUse;
    private int uses;

    /**
     * @param lastEnd however often it is used
     * @param idle for how long it lives without use
     */
    public Lifetime(long opened, long lastEnd, long idle) {
        this.firstEnd = Math.min(lastEnd, opened + idle);
        this.lastEnd = lastEnd;
        this.idle = idle;
        this.lastUse = opened;
    }

    /** Of what does not end by itself. */
    public static Lifetime endless() {
        return new Lifetime(0, Long.MAX_VALUE, Long.MAX_VALUE / 2);
    }

    public void useBegins() {
        uses++;
    }

    public void useEnds(long now) {
        uses--;
        lastUse = now;
    }

    /** In words, at some moment. */
    String at(long now) {
        return "had ended " + (now - lastEnd) + " ms before, and was last used " + (now - lastUse) + " ms before by "
                + uses;
    }

    /** Whether it may have ended: recorded uses prolong it, and none need have been. */
    public boolean mayBeOver(long now) {
        return now >= firstEnd;
    }

    /**
     * Whether it has ended whatever was recorded.
     *
     * @param late for how long after its last end it may pass for a live one
     * @param recordedLate how long after a use that may be recorded as if it was then
     */
    public boolean isOver(long now, long late, long recordedLate) {
        return now - lastEnd > late || uses == 0 && now - lastUse > idle + recordedLate;
    }
}
