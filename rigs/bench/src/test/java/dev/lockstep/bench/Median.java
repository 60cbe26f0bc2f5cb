package dev.lockstep.bench;

import java.util.Arrays;
import java.util.Collection;

/** Medians: what other work on the machine does to a few of the values does nothing to them. */
public final class Median {

    private Median() {}

    /** Not a number where there is nothing. */
    public static double of(double... values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        if (sorted.length == 0) {
            return Double.NaN;
        }
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    public static double of(Collection<Double> values) {
        return of(values.stream().mapToDouble(Double::doubleValue).toArray());
    }
}
