package org.camseal.bench;

/**
 * One measured number.
 *
 * @param bench which measurement, for instance {@code cipher}
 * @param subject what was measured, and where; {@code case} in JSON
 * @param metric what of it, for instance {@code time}, {@code ratio}
 * @param unit of the value; empty for a ratio
 */
public record Measurement(String bench, String subject, String metric, double value, String unit, Target target) {
    /** A number without a target. */
    public static Measurement of(String bench, String subject, String metric, double value, String unit) {
        return new Measurement(bench, subject, metric, value, unit, new Target.None());
    }

    /** True unless there is a target and it is missed. */
    public boolean isMet() {
        return target.isMetBy(value);
    }
}
