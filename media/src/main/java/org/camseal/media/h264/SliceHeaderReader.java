package org.camseal.media.h264;

import org.camseal.media.BitReader;
import org.camseal.media.MediaException;
import org.camseal.media.h264.Sps.OrderCoding;

/** Reads slice_header() of ITU-T H.264 section 7.3.3, element by element in its order. One reader reads one header. */
final class SliceHeaderReader {
    /** More than any stream needs: 32 fields to mark, each at most twice, and the end. */
    private static final int MAX_MARKING_OPERATIONS = 66;

    private final BitReader bits;
    private final boolean idr;
    private final boolean referenced;
    private int numRefIdxL0;
    private int numRefIdxL1;
    private boolean resetsOrder;

    SliceHeaderReader(BitReader bits, boolean idr, boolean referenced) {
        this.bits = bits;
        this.idr = idr;
        this.referenced = referenced;
    }

    /** The whole header but its first three elements, which lead to the parameter sets. */
    SliceHeader read(int firstMb, SliceType type, Sps sps, Pps pps) throws MediaException {
        if (sps.separateColourPlanes()) {
            int plane = bits.u(2);
            if (plane == 3) {
                throw bits.malformed("colour_plane_id", plane, 0, 2);
            }
        }
        PictureIdentity picture = picture(sps, pps);
        int redundantPicCnt = pps.redundantPicCntPresent() ? bits.ue("redundant_pic_cnt", 127) : 0;
        if (type == SliceType.B) {
            bits.flag(); // direct_spatial_mv_pred_flag
        }
        refPicLists(type, pps);
        if (isWeighted(type, pps)) {
            predWeightTable(type, sps.chromaArrayType() != 0);
        }
        if (referenced) {
            decRefPicMarking();
        }
        if (pps.cabac() && type != SliceType.I && type != SliceType.SI) {
            bits.ue("cabac_init_idc", 2);
        }
        quantizersAndDeblocking(type, pps);
        if (pps.sliceGroupChangeRate() > 0) {
            bits.skip(sliceGroupChangeCycleBits(sps, pps));
        }
        return new SliceHeader(
                firstMb, type, picture, redundantPicCnt, resetsOrder, bits.position(), bits.rawPosition());
    }

    private static boolean isWeighted(SliceType type, Pps pps) {
        return switch (type) {
            case P, SP -> pps.weightedPred();
            case B -> pps.weightedBipredIdc() == 1;
            case I, SI -> false;
        };
    }

    private PictureIdentity picture(Sps sps, Pps pps) throws MediaException {
        int frameNum = bits.u(sps.frameNumBits());
        boolean fieldPic = !sps.frameMbsOnly() && bits.flag();
        boolean bottomField = fieldPic && bits.flag();
        int idrPicId = idr ? bits.ue("idr_pic_id", 65_535) : 0;
        boolean bottomToo = pps.bottomFieldOrderPresent() && !fieldPic;
        int lsb = 0;
        int deltaBottom = 0;
        int delta0 = 0;
        int delta1 = 0;
        switch (sps.order()) {
            case OrderCoding.LowBits(int lsbBits) -> {
                lsb = bits.u(lsbBits);
                deltaBottom = bottomToo ? anySigned("delta_pic_order_cnt_bottom") : 0;
            }
            case OrderCoding.Cycle cycle -> {
                if (!cycle.deltaAlwaysZero()) {
                    delta0 = anySigned("delta_pic_order_cnt[0]");
                    delta1 = bottomToo ? anySigned("delta_pic_order_cnt[1]") : 0;
                }
            }
            case OrderCoding.DecodingOrder ignored -> {}
        }
        return new PictureIdentity(
                frameNum,
                pps.id(),
                sps.id(),
                fieldPic,
                bottomField,
                referenced,
                lsb,
                deltaBottom,
                delta0,
                delta1,
                idr,
                idrPicId);
    }

    private int anySigned(String name) throws MediaException {
        return bits.se(name, -Integer.MAX_VALUE, Integer.MAX_VALUE);
    }

    private void refPicLists(SliceType type, Pps pps) throws MediaException {
        numRefIdxL0 = pps.numRefIdxL0();
        numRefIdxL1 = pps.numRefIdxL1();
        if (!type.predicts()) {
            return;
        }
        boolean both = type == SliceType.B;
        if (bits.flag()) {
            numRefIdxL0 = 1 + bits.ue("num_ref_idx_l0_active_minus1", 31);
            if (both) {
                numRefIdxL1 = 1 + bits.ue("num_ref_idx_l1_active_minus1", 31);
            }
        }
        refPicListModification(numRefIdxL0);
        if (both) {
            refPicListModification(numRefIdxL1);
        }
    }

    /** One list of ref_pic_list_modification(), section 7.3.3.1. */
    private void refPicListModification(int numRefIdx) throws MediaException {
        if (!bits.flag()) {
            return;
        }
        for (int i = 0; i <= numRefIdx; i++) {
            switch (bits.ue("modification_of_pic_nums_idc", 3)) {
                case 0, 1 -> bits.ueLong("abs_diff_pic_num_minus1");
                case 2 -> bits.ueLong("long_term_pic_num");
                default -> {
                    return;
                }
            }
        }
        throw bits.malformed("number of modifications of a reference list", numRefIdx + 1L, 0, numRefIdx);
    }

    /** pred_weight_table(), section 7.3.3.2. */
    private void predWeightTable(SliceType type, boolean chroma) throws MediaException {
        bits.ue("luma_log2_weight_denom", 7);
        if (chroma) {
            bits.ue("chroma_log2_weight_denom", 7);
        }
        weights(numRefIdxL0, chroma);
        if (type == SliceType.B) {
            weights(numRefIdxL1, chroma);
        }
    }

    private void weights(int entries, boolean chroma) throws MediaException {
        for (int i = 0; i < entries; i++) {
            if (bits.flag()) {
                weightAndOffset("luma_weight", "luma_offset");
            }
            if (chroma && bits.flag()) {
                weightAndOffset("chroma_weight", "chroma_offset");
                weightAndOffset("chroma_weight", "chroma_offset");
            }
        }
    }

    private void weightAndOffset(String weight, String offset) throws MediaException {
        bits.se(weight, -128, 127);
        bits.se(offset, -128, 127);
    }

    /** dec_ref_pic_marking(), section 7.3.3.3. */
    private void decRefPicMarking() throws MediaException {
        if (idr) {
            bits.skip(2); // no_output_of_prior_pics_flag, long_term_reference_flag
            return;
        }
        if (!bits.flag()) {
            return;
        }
        for (int i = 0; i < MAX_MARKING_OPERATIONS; i++) {
            int operation = bits.ue("memory_management_control_operation", 6);
            switch (operation) {
                case 0 -> {
                    return;
                }
                case 1 -> bits.ueLong("difference_of_pic_nums_minus1");
                case 2 -> bits.ueLong("long_term_pic_num");
                case 3 -> {
                    bits.ueLong("difference_of_pic_nums_minus1");
                    bits.ueLong("long_term_frame_idx");
                }
                case 4 -> bits.ueLong("max_long_term_frame_idx_plus1");
                case 5 -> resetsOrder = true;
                default -> bits.ueLong("long_term_frame_idx");
            }
        }
        throw bits.malformed(
                "number of memory management control operations",
                MAX_MARKING_OPERATIONS,
                0,
                MAX_MARKING_OPERATIONS - 1);
    }

    private void quantizersAndDeblocking(SliceType type, Pps pps) throws MediaException {
        // -87 to 87: the range of SliceQPY grows with the bit depth.
        bits.se("slice_qp_delta", -87, 87);
        if (type == SliceType.SP || type == SliceType.SI) {
            if (type == SliceType.SP) {
                bits.flag(); // sp_for_switch_flag
            }
            bits.se("slice_qs_delta", -51, 51);
        }
        if (pps.deblockingControlPresent() && bits.ue("disable_deblocking_filter_idc", 2) != 1) {
            bits.se("slice_alpha_c0_offset_div2", -6, 6);
            bits.se("slice_beta_offset_div2", -6, 6);
        }
    }

    /** Ceil(Log2(PicSizeInMapUnits / SliceGroupChangeRate + 1)), the quotient not rounded (section 7.4.3). */
    private static int sliceGroupChangeCycleBits(Sps sps, Pps pps) {
        long rate = pps.sliceGroupChangeRate();
        long cycles = (sps.picSizeInMapUnits() + rate - 1) / rate;
        return 64 - Long.numberOfLeadingZeros(cycles);
    }
}
