package org.camseal.media.h265;

import java.util.ArrayList;
import java.util.List;
import org.camseal.media.BitReader;
import org.camseal.media.MediaException;
import org.camseal.media.NalUnit;

/** Reads seq_parameter_set_rbsp() of ITU-T H.265 section 7.3.2.2.1, element by element in its order. */
final class SpsReader {
    /** More luma samples in a row or column than any level allows (8444 before version 6, 16888 since). */
    private static final int MAX_SIDE = 65_535;

    private final BitReader bits;

    SpsReader(NalUnit nal) {
        this.bits = new BitReader(nal, "H.265 SPS");
    }

    Sps read() throws MediaException {
        bits.skip(4); // sps_video_parameter_set_id
        int maxSubLayers = maxSubLayers();
        boolean nested = bits.flag();
        Sps.ProfileTierLevel profile = profileTierLevel(maxSubLayers);
        int id = bits.ue("sps_seq_parameter_set_id", 15);
        int chromaFormat = bits.ue("chroma_format_idc", 3);
        boolean separatePlanes = chromaFormat == 3 && bits.flag();
        int codedWidth = size("pic_width_in_luma_samples");
        int codedHeight = size("pic_height_in_luma_samples");
        int[] shown = bits.flag() ? window(codedWidth, codedHeight, chromaFormat) : new int[] {codedWidth, codedHeight};
        int depthLuma = 8 + bits.ue("bit_depth_luma_minus8", 8);
        int depthChroma = 8 + bits.ue("bit_depth_chroma_minus8", 8);
        int pocLsbBits = 4 + bits.ue("log2_max_pic_order_cnt_lsb_minus4", 12);
        int maxReorder = subLayerOrdering(maxSubLayers);
        int picSizeInCtbs = picSizeInCtbs(codedWidth, codedHeight);
        codingTools();
        boolean sampleAdaptiveOffset = bits.flag();
        pcm();
        Sps.References references = references(pocLsbBits);
        boolean temporalMvp = bits.flag();
        bits.flag(); // strong_intra_smoothing_enabled_flag
        Sps.Vui vui = bits.flag() ? new VuiReader(bits, maxSubLayers).read() : Sps.Vui.NONE;
        extension();
        return new Sps(
                id,
                maxSubLayers,
                nested,
                profile,
                new Sps.SampleFormat(chromaFormat, separatePlanes, depthLuma, depthChroma),
                shown[0],
                shown[1],
                picSizeInCtbs,
                pocLsbBits,
                maxReorder,
                sampleAdaptiveOffset,
                references,
                temporalMvp,
                vui);
    }

    private int maxSubLayers() throws MediaException {
        int minus1 = bits.u(3);
        if (minus1 > 6) {
            throw bits.malformed("sps_max_sub_layers_minus1", minus1, 0, 6);
        }
        return 1 + minus1;
    }

    /** profile_tier_level(1, maxSubLayers - 1), section 7.3.3. */
    private Sps.ProfileTierLevel profileTierLevel(int maxSubLayers) throws MediaException {
        int space = bits.u(2);
        boolean highTier = bits.flag();
        int idc = bits.u(5);
        int compatibility = (int) bits.u32();
        long constraints = ((long) bits.u(24) << 24) | bits.u(24);
        int level = bits.u(8);
        int others = maxSubLayers - 1;
        boolean[] profilePresent = new boolean[others];
        boolean[] levelPresent = new boolean[others];
        for (int i = 0; i < others; i++) {
            profilePresent[i] = bits.flag();
            levelPresent[i] = bits.flag();
        }
        if (others > 0) {
            bits.skip(2 * (8 - others)); // reserved_zero_2bits
        }
        for (int i = 0; i < others; i++) {
            bits.skip((profilePresent[i] ? 88 : 0) + (levelPresent[i] ? 8 : 0));
        }
        return new Sps.ProfileTierLevel(space, highTier, idc, compatibility, constraints, level);
    }

    private int size(String name) throws MediaException {
        int size = bits.ue(name, MAX_SIDE);
        if (size == 0) {
            throw bits.malformed(name, 0, 1, MAX_SIDE);
        }
        return size;
    }

    /** The size within the conformance window (section 7.4.3.2.1). */
    private int[] window(int width, int height, int chromaFormat) throws MediaException {
        int unitX = chromaFormat == 1 || chromaFormat == 2 ? 2 : 1;
        int unitY = chromaFormat == 1 ? 2 : 1;
        int left = bits.ue("conf_win_left_offset", (width - 1) / unitX);
        int right = bits.ue("conf_win_right_offset", (width - 1) / unitX - left);
        int top = bits.ue("conf_win_top_offset", (height - 1) / unitY);
        int bottom = bits.ue("conf_win_bottom_offset", (height - 1) / unitY - top);
        return new int[] {width - unitX * (left + right), height - unitY * (top + bottom)};
    }

    /** Returns sps_max_num_reorder_pics of the highest sub-layer. */
    private int subLayerOrdering(int maxSubLayers) throws MediaException {
        int reorder = 0;
        for (int i = bits.flag() ? 0 : maxSubLayers - 1; i < maxSubLayers; i++) {
            int buffering = bits.ue("sps_max_dec_pic_buffering_minus1", 15);
            reorder = bits.ue("sps_max_num_reorder_pics", buffering);
            bits.ueLong("sps_max_latency_increase_plus1");
        }
        return reorder;
    }

    private int picSizeInCtbs(int width, int height) throws MediaException {
        int log2MinCb = 3 + bits.ue("log2_min_luma_coding_block_size_minus3", 3);
        int log2Ctb = log2MinCb + bits.ue("log2_diff_max_min_luma_coding_block_size", 6 - log2MinCb);
        int side = 1 << log2Ctb;
        return ((width + side - 1) >> log2Ctb) * ((height + side - 1) >> log2Ctb);
    }

    private void codingTools() throws MediaException {
        bits.ue("log2_min_luma_transform_block_size_minus2", 3);
        bits.ue("log2_diff_max_min_luma_transform_block_size", 3);
        bits.ue("max_transform_hierarchy_depth_inter", 4);
        bits.ue("max_transform_hierarchy_depth_intra", 4);
        boolean scalingListEnabled = bits.flag();
        boolean scalingListInSps = scalingListEnabled && bits.flag();
        if (scalingListInSps) {
            ScalingLists.skip(bits);
        }
        bits.flag(); // amp_enabled_flag
    }

    private void pcm() throws MediaException {
        if (bits.flag()) {
            bits.skip(8); // sample bit depths
            bits.ue("log2_min_pcm_luma_coding_block_size_minus3", 2);
            bits.ue("log2_diff_max_min_pcm_luma_coding_block_size", 2);
            bits.flag(); // pcm_loop_filter_disabled_flag
        }
    }

    private Sps.References references(int pocLsbBits) throws MediaException {
        int count = bits.ue("num_short_term_ref_pic_sets", 64);
        List<ShortTermRefPicSet> sets = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            sets.add(ShortTermRefPicSet.read(bits, sets, false));
        }
        boolean longTerm = bits.flag();
        List<Boolean> used = new ArrayList<>();
        if (longTerm) {
            int listed = bits.ue("num_long_term_ref_pics_sps", 32);
            for (int i = 0; i < listed; i++) {
                bits.skip(pocLsbBits); // lt_ref_pic_poc_lsb_sps
                used.add(bits.flag());
            }
        }
        return new Sps.References(sets, longTerm, used);
    }

    /** Only the range extension passes: its flags change no header. */
    private void extension() throws MediaException {
        if (bits.flag()) {
            bits.flag(); // sps_range_extension_flag
            if (bits.u(7) != 0) {
                throw bits.unsupported(
                        "multilayer, 3D, screen content or a later extension; only the range extension is read");
            }
        }
    }
}
