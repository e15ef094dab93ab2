package org.camseal.media.h265;

import org.jspecify.annotations.Nullable;

/**
 * The slice segment header of an H.265 slice segment, as far as anyone here asks (ITU-T H.265 section 7.3.6.1).
 *
 * @param firstInPicture first_slice_segment_in_pic_flag
 * @param ppsId slice_pic_parameter_set_id
 * @param address slice_segment_address, 0 for the first of a picture
 * @param type null for a dependent slice segment, which has the type of the segment before it
 * @param pocLsb slice_pic_order_cnt_lsb; 0 for an IDR picture and for a dependent slice segment
 * @param endBit RBSP bit behind the header, byte_alignment() included: a multiple of 8; bit 0 is the first of the NAL header
 * @param clearLengthBytes raw bytes up to and including the one that holds the header's last bit
 */
public record SliceHeader(
        boolean firstInPicture,
        int ppsId,
        int address,
        @Nullable SliceType type,
        int pocLsb,
        long endBit,
        int clearLengthBytes) {

    /** A dependent slice segment, whose header is mostly that of the segment before it. */
    public boolean dependent() {
        return type == null;
    }
}
