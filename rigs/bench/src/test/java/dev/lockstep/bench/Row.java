package dev.lockstep.bench;

/**
 * One line of the table.
 *
 * @param name what was measured
 * @param value the median
 * @param unit of the value
 * @param bytes allocated per operation, or not a number
 */
public record Row(String name, double value, String unit, double bytes) {

    public Row(String name, double value, String unit) {
        this(name, value, unit, Double.NaN);
    }
}
