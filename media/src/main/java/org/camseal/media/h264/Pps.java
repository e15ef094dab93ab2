package org.camseal.media.h264;

import org.camseal.media.BitReader;
import org.camseal.media.MediaException;
import org.camseal.media.NalUnit;

/**
 * A picture parameter set up to its last element that a slice header depends on (ITU-T H.264 section 7.3.2.2).
 *
 * @param sliceGroupMapType 0 where there is one slice group
 * @param sliceGroupChangeRate in macroblocks; 0 unless the map type is 3, 4 or 5
 * @param numRefIdxL0 default number of list 0 entries, 1 to 32
 */
record Pps(
        int id,
        int spsId,
        boolean cabac,
        boolean bottomFieldOrderPresent,
        int sliceGroups,
        int sliceGroupMapType,
        int sliceGroupChangeRate,
        int numRefIdxL0,
        int numRefIdxL1,
        boolean weightedPred,
        int weightedBipredIdc,
        boolean deblockingControlPresent,
        boolean redundantPicCntPresent) {

    private static final int MAX_MAP_UNITS = 1 << 24;

    static Pps parse(NalUnit nal) throws MediaException {
        BitReader bits = new BitReader(nal, "H.264 PPS");
        int id = bits.ue("pic_parameter_set_id", 255);
        int spsId = bits.ue("seq_parameter_set_id", 31);
        boolean cabac = bits.flag();
        boolean bottomFieldOrderPresent = bits.flag();
        int sliceGroups = 1 + bits.ue("num_slice_groups_minus1", 7);
        int mapType = 0;
        int changeRate = 0;
        if (sliceGroups > 1) {
            mapType = bits.ue("slice_group_map_type", 6);
            changeRate = sliceGroupMap(bits, sliceGroups, mapType);
        }
        int numRefIdxL0 = 1 + bits.ue("num_ref_idx_l0_default_active_minus1", 31);
        int numRefIdxL1 = 1 + bits.ue("num_ref_idx_l1_default_active_minus1", 31);
        boolean weightedPred = bits.flag();
        int weightedBipredIdc = bits.u(2);
        if (weightedBipredIdc == 3) {
            throw bits.malformed("weighted_bipred_idc", 3, 0, 2);
        }
        quantizers(bits);
        boolean deblockingControlPresent = bits.flag();
        bits.flag(); // constrained_intra_pred_flag
        boolean redundantPicCntPresent = bits.flag();
        return new Pps(
                id,
                spsId,
                cabac,
                bottomFieldOrderPresent,
                sliceGroups,
                mapType,
                changeRate,
                numRefIdxL0,
                numRefIdxL1,
                weightedPred,
                weightedBipredIdc,
                deblockingControlPresent,
                redundantPicCntPresent);
    }

    private static void quantizers(BitReader bits) throws MediaException {
        // The lower bound grows with the bit depth (QpBdOffset up to 36 for 14 bits).
        bits.se("pic_init_qp_minus26", -26 - 36, 25);
        bits.se("pic_init_qs_minus26", -26, 25);
        bits.se("chroma_qp_index_offset", -12, 12);
    }

    /** Reads the map of the slice groups over; returns SliceGroupChangeRate, or 0. */
    private static int sliceGroupMap(BitReader bits, int sliceGroups, int mapType) throws MediaException {
        switch (mapType) {
            case 0 -> {
                for (int i = 0; i < sliceGroups; i++) {
                    bits.ue("run_length_minus1", MAX_MAP_UNITS);
                }
            }
            case 2 -> {
                for (int i = 0; i < sliceGroups - 1; i++) {
                    bits.ue("top_left", MAX_MAP_UNITS);
                    bits.ue("bottom_right", MAX_MAP_UNITS);
                }
            }
            case 3, 4, 5 -> {
                bits.flag(); // slice_group_change_direction_flag
                return 1 + bits.ue("slice_group_change_rate_minus1", MAX_MAP_UNITS);
            }
            case 6 -> {
                int units = 1 + bits.ue("pic_size_in_map_units_minus1", MAX_MAP_UNITS);
                int idBits = 32 - Integer.numberOfLeadingZeros(sliceGroups - 1);
                // At most 3 bits each, and the reader ends with the unit: bounded by the unit's length.
                for (int i = 0; i < units; i++) {
                    bits.skip(idBits);
                }
            }
            default -> {} // 1: dispersed, nothing more is said
        }
        return 0;
    }
}
