package org.camseal.media.h265;

/** slice_type, in the order of the standard (ITU-T H.265 table 7-7). */
public enum SliceType {
    B,
    P,
    I;

    private static final SliceType[] BY_NUMBER = values();

    static SliceType of(int sliceType) {
        return BY_NUMBER[sliceType];
    }
}
