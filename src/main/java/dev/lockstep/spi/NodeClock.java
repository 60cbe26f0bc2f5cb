package dev.lockstep.spi;

/**
 * The only way by which time enters. {@link System} in production, a hand-moved one in tests.
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
