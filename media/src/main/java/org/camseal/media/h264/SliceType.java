package org.camseal.media.h264;

/** slice_type modulo 5, in the order of the standard (ITU-T H.264 table 7-6). */
public enum SliceType {
    P,
    B,
    I,
    SP,
    SI;

    private static final SliceType[] BY_NUMBER = values();

    static SliceType of(int sliceType) {
        return BY_NUMBER[sliceType % 5];
    }

    /** True where the slice is predicted from list 0. */
    boolean predicts() {
        return this == P || this == SP || this == B;
    }
}
