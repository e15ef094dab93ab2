package org.camseal.media.h265;

import org.camseal.media.BitReader;
import org.camseal.media.FrameRate;
import org.camseal.media.MediaException;
import org.jspecify.annotations.Nullable;

/** Reads vui_parameters() and hrd_parameters() of ITU-T H.265 annex E: over most of it, because the SPS goes on behind. */
final class VuiReader {
    private static final int EXTENDED_SAR = 255;

    private final BitReader bits;
    private final int maxSubLayers;

    VuiReader(BitReader bits, int maxSubLayers) {
        this.bits = bits;
        this.maxSubLayers = maxSubLayers;
    }

    Sps.Vui read() throws MediaException {
        if (bits.flag() && bits.u(8) == EXTENDED_SAR) {
            bits.skip(32); // sar_width, sar_height
        }
        if (bits.flag()) {
            bits.flag(); // overscan_appropriate_flag
        }
        if (bits.flag()) {
            bits.skip(4); // video_format, video_full_range_flag
            if (bits.flag()) {
                bits.skip(24); // colour description
            }
        }
        if (bits.flag()) {
            bits.ue("chroma_sample_loc_type_top_field", 5);
            bits.ue("chroma_sample_loc_type_bottom_field", 5);
        }
        bits.skip(3); // neutral_chroma_indication_flag, field_seq_flag, frame_field_info_present_flag
        if (bits.flag()) {
            for (int i = 0; i < 4; i++) {
                bits.ueLong("default display window offset");
            }
        }
        FrameRate rate = bits.flag() ? timing() : null;
        return new Sps.Vui(rate, bits.flag() ? restriction() : 0);
    }

    private @Nullable FrameRate timing() throws MediaException {
        long unitsInTick = bits.u32();
        long timeScale = bits.u32();
        if (bits.flag()) {
            bits.ueLong("vui_num_ticks_poc_diff_one_minus1");
        }
        if (bits.flag()) {
            hrd();
        }
        // Zeros are against the rules, but say nothing worse than that the rate is unknown.
        return unitsInTick == 0 || timeScale == 0 ? null : new FrameRate(timeScale, unitsInTick);
    }

    private int restriction() throws MediaException {
        bits.skip(3); // tiles_fixed_structure_flag, motion vectors over boundaries, restricted_ref_pic_lists_flag
        int segmentation = bits.ue("min_spatial_segmentation_idc", 4095);
        bits.ue("max_bytes_per_pic_denom", 16);
        bits.ue("max_bits_per_min_cu_denom", 16);
        bits.ue("log2_max_mv_length_horizontal", 16);
        bits.ue("log2_max_mv_length_vertical", 15);
        return segmentation;
    }

    /** hrd_parameters(1, maxSubLayers - 1), section E.2.2. */
    private void hrd() throws MediaException {
        boolean nal = bits.flag();
        boolean vcl = bits.flag();
        boolean subPic = false;
        if (nal || vcl) {
            subPic = bits.flag();
            // tick divisor, increment length, place of the parameters, output delay length
            bits.skip(subPic ? 8 + 5 + 1 + 5 : 0);
            bits.skip(4 + 4); // scales
            bits.skip(subPic ? 4 : 0); // cpb_size_du_scale
            bits.skip(5 + 5 + 5); // lengths of the delay fields
        }
        for (int i = 0; i < maxSubLayers; i++) {
            boolean fixedGeneral = bits.flag();
            boolean fixedWithinCvs = fixedGeneral || bits.flag();
            boolean lowDelay = false;
            if (fixedWithinCvs) {
                bits.ue("elemental_duration_in_tc_minus1", 2047);
            } else {
                lowDelay = bits.flag();
            }
            int cpbCount = lowDelay ? 1 : 1 + bits.ue("cpb_cnt_minus1", 31);
            subLayerHrd(nal ? cpbCount : 0, subPic);
            subLayerHrd(vcl ? cpbCount : 0, subPic);
        }
    }

    private void subLayerHrd(int cpbCount, boolean subPic) throws MediaException {
        for (int i = 0; i < cpbCount; i++) {
            bits.ueLong("bit_rate_value_minus1");
            bits.ueLong("cpb_size_value_minus1");
            if (subPic) {
                bits.ueLong("cpb_size_du_value_minus1");
                bits.ueLong("bit_rate_du_value_minus1");
            }
            bits.flag(); // cbr_flag
        }
    }
}
