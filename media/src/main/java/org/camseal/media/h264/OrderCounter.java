package org.camseal.media.h264;

import org.camseal.media.PictureOrder;
import org.camseal.media.h264.Sps.OrderCoding;

/** Counts picture order from picture to picture (ITU-T H.264 section 8.2.1). Variables are named as there. */
final class OrderCounter {
    private int prevPicOrderCntMsb;
    private int prevPicOrderCntLsb;
    private int prevFrameNum;
    private int prevFrameNumOffset;

    PictureOrder next(SliceHeader header, Sps sps) {
        PictureIdentity picture = header.picture();
        boolean restarts = picture.idr() || header.resetsOrder();
        int count = switch (sps.order()) {
            case OrderCoding.LowBits(int lsbBits) -> type0(header, 1 << lsbBits);
            case OrderCoding.Cycle cycle -> type1(picture, cycle, frameNumOffset(header, sps));
            case OrderCoding.DecodingOrder ignored -> type2(picture, frameNumOffset(header, sps));
        };
        int reorder = switch (sps.order()) {
            case OrderCoding.DecodingOrder ignored -> 0;
            case OrderCoding.LowBits low -> maxReorder(sps);
            case OrderCoding.Cycle cycle -> maxReorder(sps);
        };
        // Behind memory management operation 5 the picture itself counts as 0 (section 8.2.1).
        return new PictureOrder(restarts, header.resetsOrder() ? 0 : count, picture.fieldPic(), reorder);
    }

    private static int maxReorder(Sps sps) {
        return sps.vui().maxReorderFrames() >= 0 ? sps.vui().maxReorderFrames() : PictureOrder.UNKNOWN_REORDER;
    }

    /** Section 8.2.1.1. */
    private int type0(SliceHeader header, int maxLsb) {
        PictureIdentity picture = header.picture();
        if (picture.idr()) {
            prevPicOrderCntMsb = 0;
            prevPicOrderCntLsb = 0;
        }
        int lsb = picture.pocLsb();
        int msb = prevPicOrderCntMsb;
        if (lsb < prevPicOrderCntLsb && prevPicOrderCntLsb - lsb >= maxLsb / 2) {
            msb += maxLsb;
        } else if (lsb > prevPicOrderCntLsb && lsb - prevPicOrderCntLsb > maxLsb / 2) {
            msb -= maxLsb;
        }
        int first = msb + lsb;
        int count = Math.min(first, first + (picture.fieldPic() ? 0 : picture.deltaPocBottom()));
        if (picture.referenced()) {
            prevPicOrderCntMsb = header.resetsOrder() ? 0 : msb;
            // After operation 5 the top field, if there is one, counts from the lower of both fields.
            int resetLsb = picture.bottomField() ? 0 : first - count;
            prevPicOrderCntLsb = header.resetsOrder() ? resetLsb : lsb;
        }
        return count;
    }

    private int frameNumOffset(SliceHeader header, Sps sps) {
        PictureIdentity picture = header.picture();
        int offset = prevFrameNumOffset;
        if (picture.idr()) {
            offset = 0;
        } else if (prevFrameNum > picture.frameNum()) {
            offset += 1 << sps.frameNumBits();
        }
        prevFrameNumOffset = header.resetsOrder() ? 0 : offset;
        prevFrameNum = header.resetsOrder() ? 0 : picture.frameNum();
        return offset;
    }

    /** Section 8.2.1.2. */
    private static int type1(PictureIdentity picture, OrderCoding.Cycle cycle, int frameNumOffset) {
        int length = cycle.cycleLength();
        int absFrameNum = length == 0 ? 0 : frameNumOffset + picture.frameNum();
        if (!picture.referenced() && absFrameNum > 0) {
            absFrameNum--;
        }
        int expected = 0;
        if (absFrameNum > 0) {
            int perCycle = 0;
            for (int i = 0; i < length; i++) {
                perCycle += cycle.offsetForRef(i);
            }
            expected = (absFrameNum - 1) / length * perCycle;
            for (int i = 0; i <= (absFrameNum - 1) % length; i++) {
                expected += cycle.offsetForRef(i);
            }
        }
        if (!picture.referenced()) {
            expected += cycle.offsetForNonRef();
        }
        int top = expected + picture.deltaPoc0();
        if (picture.fieldPic()) {
            return picture.bottomField() ? top + cycle.offsetTopToBottom() : top;
        }
        return Math.min(top, top + cycle.offsetTopToBottom() + picture.deltaPoc1());
    }

    /** Section 8.2.1.3. */
    private static int type2(PictureIdentity picture, int frameNumOffset) {
        int twice = 2 * (frameNumOffset + picture.frameNum());
        return picture.idr() || picture.referenced() ? twice : twice - 1;
    }
}
