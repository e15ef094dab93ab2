package org.camseal.signing.validation;

/**
 * Something a reader should know that does not change the verdict.
 *
 * @param kind what it is
 * @param detail one sentence: what was seen
 * @param position where
 */
public record SigningRemark(Kind kind, String detail, NalPosition position) {
    /** The kinds. The names are stable. */
    public enum Kind {
        /** The same SEI, byte for byte, once more. */
        SEI_REPEATED,
        /** An SEI for video from before this file begins. */
        SEI_OF_EARLIER_VIDEO,
        /** A group ends, by its signed times, before it starts. */
        TIME_RUNS_BACKWARDS,
        /** A group starts, by its signed times, before the one before it ended. */
        TIME_OVERLAPS,
        /** A group starts, by its signed times, after the one before it ended. */
        TIME_GAP,
        /** A group lasts longer or shorter by its signed times than by the container's. */
        TIME_CONTRADICTS_CONTAINER,
        /** The times of the last group repeat those of the one before: a known fault of a signer's last SEI. */
        TIME_REPEATED,
        /** The parameter sets change, and no signature says which are right. */
        PARAMETER_SETS_CHANGE,
        /** The counter of the SEI began anew at 2^32. */
        COUNTER_WRAPPED
    }
}
