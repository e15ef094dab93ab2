package org.camseal.media.h265;

import java.util.List;
import org.camseal.media.BitReader;
import org.camseal.media.MalformedException;
import org.camseal.media.MediaException;

/** Reads slice_segment_header() of ITU-T H.265 section 7.3.6.1, element by element in its order. One reader reads one header. */
final class SliceHeaderReader {
    private final BitReader bits;
    private final int nalType;
    private final Sps sps;
    private final Pps pps;
    private int pocLsb;
    private int numPicTotalCurr;
    private boolean temporalMvp;
    private int numRefIdxL0;
    private int numRefIdxL1;

    SliceHeaderReader(BitReader bits, int nalType, Sps sps, Pps pps) {
        this.bits = bits;
        this.nalType = nalType;
        this.sps = sps;
        this.pps = pps;
    }

    /** The header from behind slice_pic_parameter_set_id. */
    SliceHeader read(boolean first) throws MediaException {
        boolean dependent = !first && pps.dependentSegments() && bits.flag();
        int address = first ? 0 : address();
        SliceType type = dependent ? null : independentPart();
        if (pps.entryPoints()) {
            entryPoints();
        }
        if (pps.headerExtensionPresent()) {
            bits.skip(8 * bits.ue("slice_segment_header_extension_length", 256));
        }
        byteAlignment();
        return new SliceHeader(first, pps.id(), address, type, pocLsb, bits.position(), bits.rawPosition());
    }

    private int address() throws MediaException {
        int address = bits.u(ceilLog2(sps.picSizeInCtbs()));
        if (address == 0 || address >= sps.picSizeInCtbs()) {
            throw bits.malformed("slice_segment_address", address, 1, sps.picSizeInCtbs() - 1L);
        }
        return address;
    }

    private SliceType independentPart() throws MediaException {
        bits.skip(pps.extraHeaderBits()); // slice_reserved_flag
        SliceType type = SliceType.of(bits.ue("slice_type", 2));
        if (NalTypes.isIrap(nalType) && type != SliceType.I) {
            throw new MalformedException("H.265 slice segment header: type " + type
                    + " in an intra random access picture (NAL unit type " + nalType + "); I expected");
        }
        if (pps.outputFlagPresent()) {
            bits.flag(); // pic_output_flag
        }
        if (sps.samples().separateColourPlanes()) {
            int plane = bits.u(2);
            if (plane == 3) {
                throw bits.malformed("colour_plane_id", plane, 0, 2);
            }
        }
        if (!NalTypes.isIdr(nalType)) {
            referencePictures();
        }
        boolean anySao = sampleAdaptiveOffset();
        if (type != SliceType.I) {
            prediction(type);
        }
        quantizers();
        filters(anySao);
        return type;
    }

    private void referencePictures() throws MediaException {
        pocLsb = bits.u(sps.pocLsbBits());
        List<ShortTermRefPicSet> sets = sps.references().shortTerm();
        ShortTermRefPicSet chosen;
        if (!bits.flag()) {
            chosen = ShortTermRefPicSet.read(bits, sets, true);
        } else if (sets.isEmpty()) {
            throw new MalformedException("H.265 slice segment header, before bit " + bits.position()
                    + ": short_term_ref_pic_set_sps_flag is 1, but the SPS has no set");
        } else {
            int index = bits.u(ceilLog2(sets.size()));
            if (index >= sets.size()) {
                throw bits.malformed("short_term_ref_pic_set_idx", index, 0, sets.size() - 1L);
            }
            chosen = sets.get(index);
        }
        numPicTotalCurr = chosen.usedByCurrentPicture();
        if (sps.references().longTermPresent()) {
            longTermPictures();
        }
        temporalMvp = sps.temporalMvp() && bits.flag();
    }

    private void longTermPictures() throws MediaException {
        List<Boolean> listed = sps.references().longTermUsed();
        int fromSps = listed.isEmpty() ? 0 : bits.ue("num_long_term_sps", ShortTermRefPicSet.MAX_PICTURES);
        int all = fromSps + bits.ue("num_long_term_pics", ShortTermRefPicSet.MAX_PICTURES - fromSps);
        for (int i = 0; i < all; i++) {
            boolean used;
            if (i < fromSps) {
                int index = bits.u(ceilLog2(listed.size()));
                if (index >= listed.size()) {
                    throw bits.malformed("lt_idx_sps", index, 0, listed.size() - 1L);
                }
                used = listed.get(index);
            } else {
                bits.skip(sps.pocLsbBits()); // poc_lsb_lt
                used = bits.flag();
            }
            numPicTotalCurr += used ? 1 : 0;
            if (bits.flag()) {
                bits.ueLong("delta_poc_msb_cycle_lt");
            }
        }
    }

    private boolean sampleAdaptiveOffset() throws MediaException {
        if (!sps.sampleAdaptiveOffset()) {
            return false;
        }
        boolean luma = bits.flag();
        boolean chroma = sps.samples().chromaArrayType() != 0 && bits.flag();
        return luma || chroma;
    }

    private void prediction(SliceType type) throws MediaException {
        boolean both = type == SliceType.B;
        numRefIdxL0 = pps.numRefIdxL0();
        numRefIdxL1 = pps.numRefIdxL1();
        if (bits.flag()) {
            numRefIdxL0 = 1 + bits.ue("num_ref_idx_l0_active_minus1", 14);
            if (both) {
                numRefIdxL1 = 1 + bits.ue("num_ref_idx_l1_active_minus1", 14);
            }
        }
        if (pps.listsModificationPresent() && numPicTotalCurr > 1) {
            listModification(numRefIdxL0);
            if (both) {
                listModification(numRefIdxL1);
            }
        }
        if (both) {
            bits.flag(); // mvd_l1_zero_flag
        }
        if (pps.cabacInitPresent()) {
            bits.flag(); // cabac_init_flag
        }
        if (temporalMvp) {
            boolean fromL0 = !both || bits.flag();
            int entries = fromL0 ? numRefIdxL0 : numRefIdxL1;
            if (entries > 1) {
                bits.ue("collocated_ref_idx", entries - 1);
            }
        }
        if (both ? pps.weightedBipred() : pps.weightedPred()) {
            predWeightTable(both);
        }
        bits.ue("five_minus_max_num_merge_cand", 4);
    }

    /** One list of ref_pic_lists_modification(), section 7.3.6.2. */
    private void listModification(int entries) throws MediaException {
        if (bits.flag()) {
            bits.skip(entries * ceilLog2(numPicTotalCurr));
        }
    }

    /**
     * pred_weight_table(), section 7.3.6.3. In one layer without screen content coding no reference picture has the current picture's
     * order count, so every entry has its flags.
     */
    private void predWeightTable(boolean both) throws MediaException {
        boolean chroma = sps.samples().chromaArrayType() != 0;
        bits.ue("luma_log2_weight_denom", 7);
        if (chroma) {
            bits.se("delta_chroma_log2_weight_denom", -7, 7);
        }
        weights(numRefIdxL0, chroma);
        if (both) {
            weights(numRefIdxL1, chroma);
        }
    }

    private void weights(int entries, boolean chroma) throws MediaException {
        int lumaFlags = bits.u(entries);
        int chromaFlags = chroma ? bits.u(entries) : 0;
        for (int i = entries - 1; i >= 0; i--) {
            if (((lumaFlags >> i) & 1) != 0) {
                bits.se("delta_luma_weight", -128, 127);
                // With high_precision_offsets_enabled_flag the offsets have up to 16 bits.
                bits.se("luma_offset", -32_768, 32_767);
            }
            if (((chromaFlags >> i) & 1) != 0) {
                for (int plane = 0; plane < 2; plane++) {
                    bits.se("delta_chroma_weight", -128, 127);
                    bits.se("delta_chroma_offset", -131_072, 131_071);
                }
            }
        }
    }

    private void quantizers() throws MediaException {
        // -99 to 99: the range of SliceQpY grows with the bit depth.
        bits.se("slice_qp_delta", -99, 99);
        if (pps.chromaQpOffsetsPresent()) {
            bits.se("slice_cb_qp_offset", -12, 12);
            bits.se("slice_cr_qp_offset", -12, 12);
        }
        if (pps.chromaQpOffsetLists()) {
            bits.flag(); // cu_chroma_qp_offset_enabled_flag
        }
    }

    private void filters(boolean anySao) throws MediaException {
        boolean disabled = pps.deblocking().disabled();
        if (pps.deblocking().overrideEnabled() && bits.flag()) {
            disabled = bits.flag();
            if (!disabled) {
                bits.se("slice_beta_offset_div2", -6, 6);
                bits.se("slice_tc_offset_div2", -6, 6);
            }
        }
        if (pps.loopFilterAcrossSlices() && (anySao || !disabled)) {
            bits.flag(); // slice_loop_filter_across_slices_enabled_flag
        }
    }

    private void entryPoints() throws MediaException {
        int count = bits.ue("num_entry_point_offsets", sps.picSizeInCtbs());
        if (count > 0) {
            int length = 1 + bits.ue("offset_len_minus1", 31);
            for (int i = 0; i < count; i++) {
                bits.skip(length);
            }
        }
    }

    private void byteAlignment() throws MediaException {
        boolean one = bits.flag();
        int zeros = bits.u((int) (-bits.position() & 7));
        if (!one || zeros != 0) {
            throw new MalformedException("H.265 slice segment header, before bit " + bits.position()
                    + ": byte_alignment() is not a one and zeros");
        }
    }

    /** Ceil(Log2(n)) for n of at least 1. */
    private static int ceilLog2(int n) {
        return 32 - Integer.numberOfLeadingZeros(n - 1);
    }
}
