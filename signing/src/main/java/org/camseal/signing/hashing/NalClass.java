package org.camseal.signing.hashing;

import org.camseal.media.Codec;
import org.camseal.media.NalUnit;

/**
 * What a NAL unit is to media signing (docs/spec/media-signing.md, section 5). It is told from the header and one bit behind it; a signing
 * SEI is told by reading it.
 */
public enum NalClass {
    /** First slice of a picture that starts a group: H.264 IDR, H.265 BLA, IDR, CRA. Its hash is the group's anchor. */
    GROUP_START(true, true),
    /** Another slice of such a picture. */
    KEY_SLICE(true, false),
    /** First slice of any other picture. */
    PICTURE_START(true, true),
    /** Another slice of such a picture. */
    SLICE(true, false),
    /**
     * Coded picture data of a type that the format's deployed readers do not hash: data partitions and extensions in H.264; temporal
     * sub-layers, leading and reserved pictures in H.265. No signature covers it.
     */
    UNHASHED_SLICE(false, false),
    /** Supplemental enhancement information of any kind: signing SEI are among it. */
    SEI(false, false),
    /** Covered by no hash; the digest in the firmware version covers it in video that this code signed. */
    PARAMETER_SET(false, false),
    DELIMITER(false, false),
    /** Filler data, ends, and all types that are neither picture data nor any of the above. */
    OTHER(false, false);

    private static final int H264_DATA_PARTITION_A = 2;
    private static final int H264_DATA_PARTITION_C = 4;
    private static final int H264_PREFIX = 14;
    private static final int H265_TRAIL_R = 1;
    private static final int H265_CRA = 21;

    private final boolean hashed;
    private final boolean primary;

    NalClass(boolean hashed, boolean primary) {
        this.hashed = hashed;
        this.primary = primary;
    }

    /** True for slices that are hashed. Unsigned signing SEI are hashed too. */
    public boolean isHashed() {
        return hashed;
    }

    /** True for the first slice of a picture. */
    public boolean isPrimary() {
        return primary;
    }

    /** The class of a NAL unit. */
    public static NalClass of(NalUnit nal) {
        if (nal.isSei()) {
            return SEI;
        }
        if (nal.isParameterSet()) {
            return PARAMETER_SET;
        }
        if (nal.isDelimiter()) {
            return DELIMITER;
        }
        return nal.codec() == Codec.H265 ? ofH265(nal) : ofH264(nal);
    }

    private static NalClass ofH264(NalUnit nal) {
        int type = nal.type();
        if (type == 5) {
            return isFirst(nal) ? GROUP_START : KEY_SLICE;
        }
        if (type == 1) {
            return isFirst(nal) ? PICTURE_START : SLICE;
        }
        boolean partition = type >= H264_DATA_PARTITION_A && type <= H264_DATA_PARTITION_C;
        return partition || type == H264_PREFIX || nal.isSlice() ? UNHASHED_SLICE : OTHER;
    }

    private static NalClass ofH265(NalUnit nal) {
        int type = nal.type();
        if (!nal.isSlice()) {
            return OTHER;
        }
        if (type <= H265_TRAIL_R) {
            return isFirst(nal) ? PICTURE_START : SLICE;
        }
        if (nal.isKeySlice() && type <= H265_CRA) {
            return isFirst(nal) ? GROUP_START : KEY_SLICE;
        }
        return UNHASHED_SLICE;
    }

    /** first_mb_in_slice is 0, which is the single bit 1 (H.264); first_slice_segment_in_pic_flag (H.265). */
    private static boolean isFirst(NalUnit nal) {
        int header = NalUnit.headerLength(nal.codec());
        return nal.length() > header && nal.bytes()[header] < 0;
    }
}
