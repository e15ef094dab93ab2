package org.camseal.bench.cipher;

import java.util.Arrays;

/**
 * A quarter of the values is at most {@code lower}, half of them at most {@code median}, three quarters at most {@code upper}; between two
 * values it is interpolated.
 */
record Quartiles(double lower, double median, double upper) {
    /** @param values at least one */
    static Quartiles of(double[] values) {
        return new Quartiles(quantile(values, 0.25), quantile(values, 0.5), quantile(values, 0.75));
    }

    /**
     * The value that a part of all values is at most.
     *
     * @param values at least one
     * @param part 0 to 1
     */
    static double quantile(double[] values, double part) {
        if (values.length == 0) {
            throw new IllegalArgumentException("no values");
        }
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        double place = part * (sorted.length - 1);
        int below = (int) place;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
    }

    /** The distance of the quartiles, as a part of the median. */
    double spread() {
        return (upper - lower) / median;
    }
}
