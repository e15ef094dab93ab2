package org.camseal.media.h264;

/**
 * What tells one primary coded picture from the next: the elements that ITU-T H.264 section 7.4.1.2.4 compares. Absent ones are 0.
 *
 * @param referenced nal_ref_idc is not 0
 * @param idr of an IDR picture
 */
public record PictureIdentity(
        int frameNum,
        int ppsId,
        int spsId,
        boolean fieldPic,
        boolean bottomField,
        boolean referenced,
        int pocLsb,
        int deltaPocBottom,
        int deltaPoc0,
        int deltaPoc1,
        boolean idr,
        int idrPicId) {}
