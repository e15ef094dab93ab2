package org.camseal.media.h265;

import org.camseal.media.BitReader;
import org.camseal.media.MediaException;
import org.camseal.media.NalUnit;

/**
 * A picture parameter set: what a slice segment header depends on (ITU-T H.265 section 7.3.2.3.1).
 *
 * @param numRefIdxL0 default number of list 0 entries, 1 to 15
 * @param entryPoints tiles or wavefronts: the header ends in entry points
 */
record Pps(
        int id,
        int spsId,
        boolean dependentSegments,
        boolean outputFlagPresent,
        int extraHeaderBits,
        boolean cabacInitPresent,
        int numRefIdxL0,
        int numRefIdxL1,
        boolean chromaQpOffsetsPresent,
        boolean weightedPred,
        boolean weightedBipred,
        boolean entryPoints,
        boolean loopFilterAcrossSlices,
        Deblocking deblocking,
        boolean listsModificationPresent,
        boolean headerExtensionPresent,
        boolean chromaQpOffsetLists) {

    /** deblocking_filter_override_enabled_flag and pps_deblocking_filter_disabled_flag. */
    record Deblocking(boolean overrideEnabled, boolean disabled) {}

    /** More columns or rows than any level allows (20 and 22). */
    private static final int MAX_TILES = 64;

    static Pps parse(NalUnit nal) throws MediaException {
        return new Reader(new BitReader(nal, "H.265 PPS")).read();
    }

    /** Reads one PPS in the order of its elements. */
    private static final class Reader {
        private final BitReader bits;

        Reader(BitReader bits) {
            this.bits = bits;
        }

        Pps read() throws MediaException {
            int id = bits.ue("pps_pic_parameter_set_id", 63);
            int spsId = bits.ue("pps_seq_parameter_set_id", 15);
            boolean dependentSegments = bits.flag();
            boolean outputFlagPresent = bits.flag();
            int extraHeaderBits = bits.u(3);
            bits.flag(); // sign_data_hiding_enabled_flag
            boolean cabacInitPresent = bits.flag();
            int numRefIdxL0 = 1 + bits.ue("num_ref_idx_l0_default_active_minus1", 14);
            int numRefIdxL1 = 1 + bits.ue("num_ref_idx_l1_default_active_minus1", 14);
            boolean transformSkip = quantization();
            boolean chromaQpOffsetsPresent = bits.flag();
            boolean weightedPred = bits.flag();
            boolean weightedBipred = bits.flag();
            bits.flag(); // transquant_bypass_enabled_flag
            boolean entryPoints = tilesOrWavefronts();
            boolean loopFilterAcrossSlices = bits.flag();
            Deblocking deblocking = bits.flag() ? deblocking() : new Deblocking(false, false);
            boolean listsModificationPresent = listsModificationPresent();
            boolean headerExtensionPresent = bits.flag();
            boolean chromaQpOffsetLists = bits.flag() && extension(transformSkip);
            return new Pps(
                    id,
                    spsId,
                    dependentSegments,
                    outputFlagPresent,
                    extraHeaderBits,
                    cabacInitPresent,
                    numRefIdxL0,
                    numRefIdxL1,
                    chromaQpOffsetsPresent,
                    weightedPred,
                    weightedBipred,
                    entryPoints,
                    loopFilterAcrossSlices,
                    deblocking,
                    listsModificationPresent,
                    headerExtensionPresent,
                    chromaQpOffsetLists);
        }

        /** Returns transform_skip_enabled_flag, on which the range extension depends. */
        private boolean quantization() throws MediaException {
            // The lower bound grows with the bit depth (QpBdOffset up to 48 for 16 bits).
            bits.se("init_qp_minus26", -26 - 48, 25);
            bits.flag(); // constrained_intra_pred_flag
            boolean transformSkip = bits.flag();
            if (bits.flag()) {
                bits.ue("diff_cu_qp_delta_depth", 3);
            }
            bits.se("pps_cb_qp_offset", -12, 12);
            bits.se("pps_cr_qp_offset", -12, 12);
            return transformSkip;
        }

        private boolean tilesOrWavefronts() throws MediaException {
            boolean tiles = bits.flag();
            boolean wavefronts = bits.flag();
            if (tiles) {
                tiles();
            }
            return tiles || wavefronts;
        }

        private boolean listsModificationPresent() throws MediaException {
            if (bits.flag()) {
                ScalingLists.skip(bits);
            }
            boolean present = bits.flag();
            bits.ue("log2_parallel_merge_level_minus2", 4);
            return present;
        }

        private void tiles() throws MediaException {
            int columns = bits.ue("num_tile_columns_minus1", MAX_TILES - 1);
            int rows = bits.ue("num_tile_rows_minus1", MAX_TILES - 1);
            if (!bits.flag()) {
                for (int i = 0; i < columns; i++) {
                    bits.ueLong("column_width_minus1");
                }
                for (int i = 0; i < rows; i++) {
                    bits.ueLong("row_height_minus1");
                }
            }
            bits.flag(); // loop_filter_across_tiles_enabled_flag
        }

        private Deblocking deblocking() throws MediaException {
            boolean overrideEnabled = bits.flag();
            boolean disabled = bits.flag();
            if (!disabled) {
                bits.se("pps_beta_offset_div2", -6, 6);
                bits.se("pps_tc_offset_div2", -6, 6);
            }
            return new Deblocking(overrideEnabled, disabled);
        }

        /** Returns chroma_qp_offset_list_enabled_flag; only the range extension is read. */
        private boolean extension(boolean transformSkip) throws MediaException {
            boolean range = bits.flag();
            if (bits.u(7) != 0) {
                throw bits.unsupported(
                        "multilayer, 3D, screen content or a later extension; only the range extension is read");
            }
            if (!range) {
                return false;
            }
            if (transformSkip) {
                bits.ue("log2_max_transform_skip_block_size_minus2", 3);
            }
            bits.flag(); // cross_component_prediction_enabled_flag
            boolean lists = bits.flag();
            // What follows the flag is needed by no slice segment header.
            return lists;
        }
    }
}
