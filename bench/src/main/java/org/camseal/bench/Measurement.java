package org.camseal.bench;

import java.util.OptionalDouble;

/**
 * One measured number.
 *
 * @param bench which measurement, for instance {@code seal}
 * @param subject what was measured, for instance {@code package AES-256-GCM, 65536 bytes}
 * @param metric {@code time}, {@code ratio}
 * @param unit of the value; empty for a ratio
 * @param most the target: the value is at most this; empty for a number that stands for itself
 */
public record Measurement(String bench, String subject, String metric, double value, String unit, OptionalDouble most) {
    /** True unless there is a target and it is missed. */
    public boolean isMet() {
        return most.isEmpty() || value <= most.getAsDouble();
    }
}
