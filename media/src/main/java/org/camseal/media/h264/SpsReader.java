package org.camseal.media.h264;

import org.camseal.media.BitReader;
import org.camseal.media.FrameRate;
import org.camseal.media.MediaException;
import org.camseal.media.NalUnit;
import org.camseal.media.h264.Sps.OrderCoding;
import org.camseal.media.h264.Sps.Vui;

/** Reads seq_parameter_set_data (ITU-T H.264 section 7.3.2.1.1) and the parts of the VUI that are asked for (E.1.1). */
final class SpsReader {
    /** More macroblocks in a row or column than any level allows (1055). */
    private static final int MAX_SIDE_IN_MBS = 4096;

    private static final int EXTENDED_SAR = 255;

    private final BitReader bits;

    SpsReader(NalUnit nal) {
        this.bits = new BitReader(nal, "H.264 SPS");
    }

    Sps read() throws MediaException {
        int profile = bits.u(8);
        int constraints = bits.u(8);
        int level = bits.u(8);
        int id = bits.ue("seq_parameter_set_id", 31);
        Samples samples = hasChromaFormat(profile) ? samples() : Samples.DEFAULT;
        int frameNumBits = 4 + bits.ue("log2_max_frame_num_minus4", 12);
        OrderCoding order = order();
        int maxRefFrames = bits.ue("max_num_ref_frames", 16);
        bits.flag(); // gaps_in_frame_num_value_allowed_flag
        int widthInMbs = 1 + bits.ue("pic_width_in_mbs_minus1", MAX_SIDE_IN_MBS - 1);
        int heightInMapUnits = 1 + bits.ue("pic_height_in_map_units_minus1", MAX_SIDE_IN_MBS - 1);
        boolean frameMbsOnly = bits.flag();
        if (!frameMbsOnly) {
            bits.flag(); // mb_adaptive_frame_field_flag
        }
        bits.flag(); // direct_8x8_inference_flag
        int frameHeight = heightInMapUnits * 16 * (frameMbsOnly ? 1 : 2);
        int[] shown = crop(widthInMbs * 16, frameHeight, samples.chromaArrayType(), frameMbsOnly);
        Vui vui = bits.flag() ? tolerantVui() : Vui.NONE;
        return new Sps(
                id,
                profile,
                constraints,
                level,
                samples.chromaFormat,
                samples.separatePlanes,
                samples.depthLuma,
                samples.depthChroma,
                frameNumBits,
                order,
                maxRefFrames,
                widthInMbs,
                heightInMapUnits,
                frameMbsOnly,
                shown[0],
                shown[1],
                vui);
    }

    /** The profiles whose SPS says more about samples; a profile not in this list says nothing more. */
    private static boolean hasChromaFormat(int profile) {
        return switch (profile) {
            case 44, 83, 86, 100, 110, 118, 122, 128, 134, 135, 138, 139, 244 -> true;
            default -> false;
        };
    }

    private record Samples(int chromaFormat, boolean separatePlanes, int depthLuma, int depthChroma) {
        /** 4:2:0 of 8 bits. */
        static final Samples DEFAULT = new Samples(1, false, 8, 8);

        int chromaArrayType() {
            return separatePlanes ? 0 : chromaFormat;
        }
    }

    private Samples samples() throws MediaException {
        int chromaFormat = bits.ue("chroma_format_idc", 3);
        boolean separatePlanes = chromaFormat == 3 && bits.flag();
        int depthLuma = 8 + bits.ue("bit_depth_luma_minus8", 6);
        int depthChroma = 8 + bits.ue("bit_depth_chroma_minus8", 6);
        bits.flag(); // qpprime_y_zero_transform_bypass_flag
        if (bits.flag()) {
            scalingMatrix(chromaFormat == 3 ? 12 : 8);
        }
        return new Samples(chromaFormat, separatePlanes, depthLuma, depthChroma);
    }

    private void scalingMatrix(int lists) throws MediaException {
        for (int i = 0; i < lists; i++) {
            if (bits.flag()) {
                scalingList(i < 6 ? 16 : 64);
            }
        }
    }

    /** scaling_list(), section 7.3.2.1.1.1. */
    private void scalingList(int size) throws MediaException {
        int lastScale = 8;
        int nextScale = 8;
        for (int j = 0; j < size && nextScale != 0; j++) {
            nextScale = (lastScale + bits.se("delta_scale", -128, 127)) & 0xff;
            lastScale = nextScale == 0 ? lastScale : nextScale;
        }
    }

    private OrderCoding order() throws MediaException {
        return switch (bits.ue("pic_order_cnt_type", 2)) {
            case 0 -> new OrderCoding.LowBits(4 + bits.ue("log2_max_pic_order_cnt_lsb_minus4", 12));
            case 1 -> {
                boolean alwaysZero = bits.flag();
                int forNonRef = anySigned("offset_for_non_ref_pic");
                int topToBottom = anySigned("offset_for_top_to_bottom_field");
                int[] forRef = new int[bits.ue("num_ref_frames_in_pic_order_cnt_cycle", 255)];
                for (int i = 0; i < forRef.length; i++) {
                    forRef[i] = anySigned("offset_for_ref_frame");
                }
                yield new OrderCoding.Cycle(alwaysZero, forNonRef, topToBottom, forRef);
            }
            default -> new OrderCoding.DecodingOrder();
        };
    }

    private int anySigned(String name) throws MediaException {
        return bits.se(name, -Integer.MAX_VALUE, Integer.MAX_VALUE);
    }

    /** Width and height of the shown picture: frame_cropping (section 7.4.2.1.1). */
    private int[] crop(int width, int height, int chromaArrayType, boolean frameMbsOnly) throws MediaException {
        if (!bits.flag()) {
            return new int[] {width, height};
        }
        int unitX = chromaArrayType == 1 || chromaArrayType == 2 ? 2 : 1;
        int unitY = (chromaArrayType == 1 ? 2 : 1) * (frameMbsOnly ? 1 : 2);
        int left = bits.ue("frame_crop_left_offset", (width - 1) / unitX);
        int right = bits.ue("frame_crop_right_offset", (width - 1) / unitX - left);
        int top = bits.ue("frame_crop_top_offset", (height - 1) / unitY);
        int bottom = bits.ue("frame_crop_bottom_offset", (height - 1) / unitY - top);
        return new int[] {width - unitX * (left + right), height - unitY * (top + bottom)};
    }

    /** Encoders exist that cut their VUI short. It ends the SPS and no slice header depends on it, so then it says nothing. */
    private Vui tolerantVui() {
        try {
            return vui();
        } catch (MediaException e) {
            return Vui.NONE;
        }
    }

    private Vui vui() throws MediaException {
        if (bits.flag() && bits.u(8) == EXTENDED_SAR) {
            bits.skip(32); // sar_width, sar_height
        }
        if (bits.flag()) {
            bits.flag(); // overscan_appropriate_flag
        }
        if (bits.flag()) {
            bits.skip(4); // video_format, video_full_range_flag
            if (bits.flag()) {
                bits.skip(24); // colour_description
            }
        }
        if (bits.flag()) {
            bits.ue("chroma_sample_loc_type_top_field", 5);
            bits.ue("chroma_sample_loc_type_bottom_field", 5);
        }
        FrameRate rate = null;
        if (bits.flag()) {
            long unitsInTick = bits.u32();
            long timeScale = bits.u32();
            bits.flag(); // fixed_frame_rate_flag
            // A tick is a field's time: two of them make a frame (E.2.1). Zeros occur in the field and say nothing.
            rate = unitsInTick == 0 || timeScale == 0 ? null : new FrameRate(timeScale, 2 * unitsInTick);
        }
        boolean nalHrd = bits.flag();
        if (nalHrd) {
            hrd();
        }
        boolean vclHrd = bits.flag();
        if (vclHrd) {
            hrd();
        }
        if (nalHrd || vclHrd) {
            bits.flag(); // low_delay_hrd_flag
        }
        bits.flag(); // pic_struct_present_flag
        return new Vui(rate, bits.flag() ? maxReorderFrames() : -1);
    }

    private int maxReorderFrames() throws MediaException {
        bits.flag(); // motion_vectors_over_pic_boundaries_flag
        bits.ue("max_bytes_per_pic_denom", 16);
        bits.ue("max_bits_per_mb_denom", 16);
        bits.ue("log2_max_mv_length_horizontal", 32);
        bits.ue("log2_max_mv_length_vertical", 32);
        return bits.ue("max_num_reorder_frames", 16);
    }

    /** hrd_parameters(), E.1.2: read over. */
    private void hrd() throws MediaException {
        int count = 1 + bits.ue("cpb_cnt_minus1", 31);
        bits.skip(8); // bit_rate_scale, cpb_size_scale
        for (int i = 0; i < count; i++) {
            bits.ueLong("bit_rate_value_minus1");
            bits.ueLong("cpb_size_value_minus1");
            bits.flag(); // cbr_flag
        }
        bits.skip(20); // lengths of the delay and time offset fields
    }
}
