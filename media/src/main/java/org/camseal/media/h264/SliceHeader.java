package org.camseal.media.h264;

/**
 * The slice header of an H.264 slice, as far as anyone here asks (ITU-T H.264 section 7.3.3).
 *
 * @param firstMb first_mb_in_slice
 * @param redundantPicCnt above 0 for a slice of a redundant coded picture
 * @param resetsOrder holds a memory_management_control_operation of 5: the picture counts as order 0 afterwards
 * @param endBit RBSP bit behind the header, bit 0 being the first of the NAL header
 * @param clearLengthBytes raw bytes up to and including the one that completes the RBSP byte in which the header ends
 */
public record SliceHeader(
        int firstMb,
        SliceType type,
        PictureIdentity picture,
        int redundantPicCnt,
        boolean resetsOrder,
        long endBit,
        int clearLengthBytes) {

    /** Whether this is the first slice of a primary coded picture, given the slice before it (ITU-T H.264 section 7.4.1.2.4). */
    public boolean startsPictureAfter(SliceHeader previous) {
        return redundantPicCnt == 0 && !picture.equals(previous.picture);
    }
}
