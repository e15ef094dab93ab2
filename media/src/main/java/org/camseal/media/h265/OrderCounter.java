package org.camseal.media.h265;

import org.camseal.media.PictureOrder;

/** Counts picture order from picture to picture (ITU-T H.265 section 8.3.1). Variables are named as there. */
final class OrderCounter {
    private int prevTid0PicOrder;
    private boolean sequenceStarts = true;

    /** The next IRAP picture begins a coded video sequence. */
    void endOfSequence() {
        sequenceStarts = true;
    }

    PictureOrder next(int nalType, int temporalId, int pocLsb, Sps sps) {
        // NoRaslOutputFlag: IDR and BLA pictures, and a CRA picture where nothing was before it.
        boolean restarts = NalTypes.isIrap(nalType) && (nalType < NalTypes.CRA || sequenceStarts);
        int maxLsb = 1 << sps.pocLsbBits();
        int msb = 0;
        if (!restarts) {
            int prevLsb = prevTid0PicOrder & (maxLsb - 1);
            msb = prevTid0PicOrder - prevLsb;
            if (pocLsb < prevLsb && prevLsb - pocLsb >= maxLsb / 2) {
                msb += maxLsb;
            } else if (pocLsb > prevLsb && pocLsb - prevLsb > maxLsb / 2) {
                msb -= maxLsb;
            }
        }
        int order = msb + pocLsb;
        if (temporalId == 0 && !isPassedOver(nalType)) {
            prevTid0PicOrder = order;
        }
        if (NalTypes.isIrap(nalType)) {
            sequenceStarts = false;
        }
        return new PictureOrder(restarts, order, false, sps.maxReorderPics());
    }

    /** RASL, RADL and sub-layer non-reference pictures: no later picture counts from them. */
    private static boolean isPassedOver(int nalType) {
        boolean subLayerNonReference = nalType < NalTypes.RSV_VCL_R15 && (nalType & 1) == 0;
        return subLayerNonReference || (nalType >= NalTypes.RADL_N && nalType <= NalTypes.RASL_R);
    }
}
