package org.camseal.bench;

import java.util.Locale;

/** What a measured number must keep to. The limits are in the unit of the number they belong to. */
public sealed interface Target {
    /** A number that stands for itself: no value misses it. */
    record None() implements Target {}

    /** The limit or less. */
    record AtMost(double limit) implements Target {}

    /** Less than the limit. */
    record Below(double limit) implements Target {}

    /** The limit or more. */
    record AtLeast(double limit) implements Target {}

    /** True if a value keeps to this; a value that is not a number keeps to {@link None} alone. */
    default boolean isMetBy(double value) {
        return switch (this) {
            case None none -> true;
            case AtMost most -> value <= most.limit();
            case Below below -> value < below.limit();
            case AtLeast least -> value >= least.limit();
        };
    }

    /** As people write it, for instance {@code <= 1.4}; empty for {@link None}. */
    default String text() {
        return switch (this) {
            case None none -> "";
            case AtMost most -> "<= " + number(most.limit());
            case Below below -> "< " + number(below.limit());
            case AtLeast least -> ">= " + number(least.limit());
        };
    }

    private static String number(double limit) {
        return limit == Math.rint(limit) && Math.abs(limit) < 1e15
                ? String.format(Locale.ROOT, "%.0f", limit)
                : Double.toString(limit);
    }
}
