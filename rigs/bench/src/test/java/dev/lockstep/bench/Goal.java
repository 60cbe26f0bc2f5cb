package dev.lockstep.bench;

import java.util.Locale;

/**
 * One goal of docs/performance.md, with what was measured. A value that is not a number was not
 * measured, and misses.
 *
 * @param name its name
 * @param value mostly a ratio; of counts and bytes themselves
 * @param sense which side of the bound is good
 * @param bound the bound
 */
public record Goal(String name, double value, Sense sense, double bound) {

    /** Which side of a bound is good; the bound itself always is. */
    public enum Sense {
        AT_MOST,
        AT_LEAST,
        /** There is no bound: it is to be known. */
        STATED
    }

    public static Goal atMost(String name, double value, double bound) {
        return new Goal(name, value, Sense.AT_MOST, bound);
    }

    public static Goal atLeast(String name, double value, double bound) {
        return new Goal(name, value, Sense.AT_LEAST, bound);
    }

    public static Goal stated(String name, double value) {
        return new Goal(name, value, Sense.STATED, 0);
    }

    public boolean isMet() {
        return switch (sense) {
            case AT_MOST -> value <= bound;
            case AT_LEAST -> value >= bound;
            case STATED -> !Double.isNaN(value);
        };
    }

    /** {@code goal NAME ratio VALUE bound BOUND ok|MISSED}. */
    public String line() {
        String limit = sense == Sense.STATED ? "none" : text(bound);
        return "goal " + name + " ratio " + text(value) + " bound " + limit + " " + (isMet() ? "ok" : "MISSED");
    }

    private static String text(double number) {
        return Double.isNaN(number) ? "unmeasured" : String.format(Locale.ROOT, "%.3f", number);
    }
}
