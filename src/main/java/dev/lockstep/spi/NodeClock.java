package dev.lockstep.spi;

/**
 * The only source of time: {@link System}'s clocks in production, a clock that tests move by hand.
 */
public interface NodeClock {

    /** The machine's clocks. */
    NodeClock SYSTEM = new NodeClock() {
        @Override
        public long nanoTime() {
            return System.nanoTime();
        }

        @Override
        public long wallMillis() {
            return System.currentTimeMillis();
        }
    };

    /** The monotonic clock, as {@link System#nanoTime}. */
    long nanoTime();

    /** The wall clock, as {@link System#currentTimeMillis}. */
    long wallMillis();
}
