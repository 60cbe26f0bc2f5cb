package dev.lockstep.bench;

import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What something takes at several sizes, and how it grows between them: by a power of the size,
 * the line that fits best (least squares) where both axes are logarithmic. Immutable.
 *
 * @param name what was measured
 * @param values by size; both positive
 */
public record Growth(String name, SortedMap<Long, Double> values) {

    public Growth {
        values = new TreeMap<>(values);
    }

    /**
     * By how much it is multiplied where the size is ten times as much; not a number with fewer
     * than two sizes.
     */
    public double perFactorTen() {
        double x = mean(true);
        double y = mean(false);
        double both = 0;
        double square = 0;
        for (Map.Entry<Long, Double> each : values.entrySet()) {
            double dx = Math.log10(each.getKey()) - x;
            both += dx * (Math.log10(each.getValue()) - y);
            square += dx * dx;
        }
        return Math.pow(10, both / square);
    }

    /** On paper: from the greatest size that was measured on, by {@link #perFactorTen}. */
    public double at(long size) {
        return values.get(values.lastKey()) * Math.pow(perFactorTen(), Math.log10((double) size / values.lastKey()));
    }

    /**
     * A line of a table: the values, what a factor of ten multiplies them by, and what is on
     * paper.
     */
    public String line(long onPaper) {
        StringBuilder line = new StringBuilder(String.format(Locale.ROOT, "%-20s", name));
        values.values().forEach(value -> line.append(String.format(Locale.ROOT, " %,12.0f", value)));
        return line.append(String.format(
                        Locale.ROOT, "   × %.2f a factor of ten; with %,d %,.0f", perFactorTen(), onPaper, at(onPaper)))
                .toString();
    }

    private double mean(boolean ofSizes) {
        return values.entrySet().stream()
                .mapToDouble(each -> Math.log10(ofSizes ? each.getKey() : each.getValue()))
                .average()
                .orElse(Double.NaN);
    }
}
