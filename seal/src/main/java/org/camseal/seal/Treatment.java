package org.camseal.seal;

import org.camseal.media.Codec;
import org.camseal.media.NalUnit;

/** What becomes of a NAL unit of the source (sealed-video.md, carriage). */
enum Treatment {
    /** Stays as it is: parameter sets, delimiters, ends. */
    CLEAR,
    /** Its header stays, its data becomes a package in its place. */
    SLICE,
    /** Travels whole inside an own SEI in its place. */
    WRAPPED,
    /** Travels whole inside an own SEI in front of the slices, because its own place, behind them, may hold no SEI in H.264. */
    WRAPPED_IN_FRONT;

    private static final int H264_FILLER = 12;
    private static final int H265_FILLER = 38;

    /**
     * The treatment of a NAL unit.
     *
     * @throws SealException.Refused for a type that sealed video does not have
     */
    static Treatment of(NalUnit nal) throws SealException.Refused {
        if (nal.isSlice()) {
            return SLICE; // of an unfit kind, it is refused when its header is read
        }
        if (nal.isParameterSet() || nal.isDelimiter() || isEnd(nal)) {
            return CLEAR;
        }
        if (nal.isSei()) {
            return WRAPPED;
        }
        if (isFiller(nal)) {
            return nal.codec() == Codec.H265 ? WRAPPED : WRAPPED_IN_FRONT;
        }
        throw new SealException.Refused(
                nal + " is of a type that sealed video does not carry; pictures, SEI, parameter sets,"
                        + " delimiters and filler data expected");
    }

    static boolean isFiller(NalUnit nal) {
        return nal.type() == (nal.codec() == Codec.H265 ? H265_FILLER : H264_FILLER);
    }

    /** End of sequence and end of stream: H.264 types 10 and 11, H.265 types 36 and 37. */
    static boolean isEnd(NalUnit nal) {
        int first = nal.codec() == Codec.H265 ? 36 : 10;
        return nal.type() == first || nal.type() == first + 1;
    }
}
