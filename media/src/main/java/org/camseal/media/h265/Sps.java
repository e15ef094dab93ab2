package org.camseal.media.h265;

import java.util.List;
import org.camseal.media.FrameRate;
import org.camseal.media.MediaException;
import org.camseal.media.NalUnit;
import org.jspecify.annotations.Nullable;

/**
 * A sequence parameter set, as far as slice segment headers, picture order and containers need it (ITU-T H.265 section 7.3.2.2.1,
 * annex E).
 *
 * @param id sps_seq_parameter_set_id
 * @param maxSubLayers 1 to 7
 * @param temporalIdNested sps_temporal_id_nesting_flag
 * @param profile general profile, tier and level
 * @param samples how samples are coded
 * @param width of the shown picture in luma samples, conformance window applied
 * @param height of the shown picture in luma samples, conformance window applied
 * @param picSizeInCtbs PicSizeInCtbsY
 * @param pocLsbBits bits of slice_pic_order_cnt_lsb, 4 to 16
 * @param maxReorderPics sps_max_num_reorder_pics of the highest sub-layer, 0 to 15
 * @param sampleAdaptiveOffset sample_adaptive_offset_enabled_flag
 * @param references the reference picture sets to choose from
 * @param temporalMvp sps_temporal_mvp_enabled_flag
 * @param vui what the optional VUI says
 */
public record Sps(
        int id,
        int maxSubLayers,
        boolean temporalIdNested,
        ProfileTierLevel profile,
        SampleFormat samples,
        int width,
        int height,
        int picSizeInCtbs,
        int pocLsbBits,
        int maxReorderPics,
        boolean sampleAdaptiveOffset,
        References references,
        boolean temporalMvp,
        Vui vui) {

    /**
     * Reads an SPS (NAL unit type 33) of the base layer.
     *
     * @throws MediaException where it breaks its format, or uses another extension than the range extension
     */
    public static Sps parse(NalUnit nal) throws MediaException {
        return new SpsReader(nal).read();
    }

    /**
     * general_profile_space to general_level_idc as they stand in the stream.
     *
     * @param profileSpace 0 to 3
     * @param highTier general_tier_flag
     * @param profileIdc 0 to 31
     * @param compatibilityFlags 32 bits
     * @param constraintFlags 48 bits
     * @param levelIdc thirty times the level
     */
    public record ProfileTierLevel(
            int profileSpace,
            boolean highTier,
            int profileIdc,
            int compatibilityFlags,
            long constraintFlags,
            int levelIdc) {}

    /**
     * How samples are coded.
     *
     * @param chromaFormatIdc 0 to 3: monochrome, 4:2:0, 4:2:2, 4:4:4
     */
    public record SampleFormat(
            int chromaFormatIdc, boolean separateColourPlanes, int bitDepthLuma, int bitDepthChroma) {
        /** ChromaArrayType: 0 also where the three colour planes are coded apart. */
        int chromaArrayType() {
            return separateColourPlanes ? 0 : chromaFormatIdc;
        }
    }

    /**
     * What the VUI says.
     *
     * @param minSpatialSegmentationIdc 0 to 4095; 0 where it says nothing
     */
    public record Vui(@Nullable FrameRate frameRate, int minSpatialSegmentationIdc) {
        static final Vui NONE = new Vui(null, 0);
    }

    /**
     * The reference picture sets that slice segment headers choose from.
     *
     * @param longTermUsed used_by_curr_pic_lt_sps_flag for each long-term picture listed in the SPS
     */
    record References(List<ShortTermRefPicSet> shortTerm, boolean longTermPresent, List<Boolean> longTermUsed) {
        References {
            shortTerm = List.copyOf(shortTerm);
            longTermUsed = List.copyOf(longTermUsed);
        }
    }
}
