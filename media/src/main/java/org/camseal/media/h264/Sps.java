package org.camseal.media.h264;

import org.camseal.media.FrameRate;
import org.camseal.media.MediaException;
import org.camseal.media.NalUnit;
import org.jspecify.annotations.Nullable;

/**
 * A sequence parameter set, as far as slice headers, picture order and containers need it (ITU-T H.264 section 7.3.2.1.1, annex E).
 *
 * @param profileIdc profile_idc
 * @param constraintFlags the byte between profile_idc and level_idc
 * @param levelIdc ten times the level
 * @param chromaFormatIdc 0 to 3: monochrome, 4:2:0, 4:2:2, 4:4:4
 * @param frameNumBits bits of frame_num, 4 to 16
 * @param order how picture order counts are coded
 * @param maxNumRefFrames max_num_ref_frames, 0 to 16
 * @param widthInMbs in macroblocks
 * @param heightInMapUnits in map units: macroblocks, or pairs of them where fields occur
 * @param frameMbsOnly no fields, no macroblock-adaptive frames
 * @param width of the shown picture in luma samples, cropping applied
 * @param height of the shown picture in luma samples, cropping applied
 * @param vui what the optional VUI says
 */
public record Sps(
        int id,
        int profileIdc,
        int constraintFlags,
        int levelIdc,
        int chromaFormatIdc,
        boolean separateColourPlanes,
        int bitDepthLuma,
        int bitDepthChroma,
        int frameNumBits,
        OrderCoding order,
        int maxNumRefFrames,
        int widthInMbs,
        int heightInMapUnits,
        boolean frameMbsOnly,
        int width,
        int height,
        Vui vui) {

    /**
     * Reads an SPS (NAL unit type 7).
     *
     * @throws MediaException where it breaks its format
     */
    public static Sps parse(NalUnit nal) throws MediaException {
        return new SpsReader(nal).read();
    }

    /** ChromaArrayType: 0 also where the three colour planes are coded apart. */
    int chromaArrayType() {
        return separateColourPlanes ? 0 : chromaFormatIdc;
    }

    long picSizeInMapUnits() {
        return (long) widthInMbs * heightInMapUnits;
    }

    /**
     * What the VUI says.
     *
     * @param maxReorderFrames max_num_reorder_frames, 0 to 16; -1 where it says nothing
     */
    public record Vui(@Nullable FrameRate frameRate, int maxReorderFrames) {
        static final Vui NONE = new Vui(null, -1);
    }

    /** pic_order_cnt_type and what comes with it. */
    public sealed interface OrderCoding {
        /** Type 0: the low bits in every slice header. */
        record LowBits(int lsbBits) implements OrderCoding {}

        /** Type 1: a cycle of expected differences, and corrections in the slice header. */
        final class Cycle implements OrderCoding {
            private final boolean deltaAlwaysZero;
            private final int offsetForNonRef;
            private final int offsetTopToBottom;
            private final int[] offsetsForRef;

            Cycle(boolean deltaAlwaysZero, int offsetForNonRef, int offsetTopToBottom, int[] offsetsForRef) {
                this.deltaAlwaysZero = deltaAlwaysZero;
                this.offsetForNonRef = offsetForNonRef;
                this.offsetTopToBottom = offsetTopToBottom;
                this.offsetsForRef = offsetsForRef.clone();
            }

            boolean deltaAlwaysZero() {
                return deltaAlwaysZero;
            }

            int offsetForNonRef() {
                return offsetForNonRef;
            }

            int offsetTopToBottom() {
                return offsetTopToBottom;
            }

            int cycleLength() {
                return offsetsForRef.length;
            }

            int offsetForRef(int i) {
                return offsetsForRef[i];
            }
        }

        /** Type 2: output order is decoding order. */
        record DecodingOrder() implements OrderCoding {}
    }
}
