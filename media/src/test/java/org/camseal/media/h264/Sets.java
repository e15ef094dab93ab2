package org.camseal.media.h264;

import org.camseal.media.Bits;
import org.camseal.media.Codec;
import org.camseal.media.NalUnit;

/** Hand-made H.264 parameter sets: a field for each element that a test changes. */
final class Sets {
    private Sets() {}

    static final class SpsBits {
        int id;
        int profile = 77;
        int chromaFormat = 1;
        boolean separatePlanes;
        Bits scaling = new Bits().flags("0");
        int frameNumBits = 4;
        Bits order = new Bits().ue(0).ue(0);
        int widthInMbs = 11;
        int heightInMapUnits = 9;
        boolean frameMbsOnly = true;
        Bits cropping = new Bits().flags("0");
        Bits vui = new Bits().flags("0");

        NalUnit nal() {
            Bits bits = new Bits().u(8, profile).u(8, 0).u(8, 30).ue(id);
            if (profile >= 100) {
                bits.ue(chromaFormat);
                if (chromaFormat == 3) {
                    bits.flags(separatePlanes ? "1" : "0");
                }
                bits.ue(0).ue(0).flags("0").add(scaling);
            }
            bits.ue(frameNumBits - 4).add(order).ue(4).flags("0");
            bits.ue(widthInMbs - 1)
                    .ue(heightInMapUnits - 1)
                    .flags(frameMbsOnly ? "1" : "00")
                    .flags("1");
            return bits.add(cropping).add(vui).stop().nal(Codec.H264, 0x67);
        }
    }

    static final class PpsBits {
        int id;
        int spsId;
        boolean cabac;
        boolean bottomFieldOrder;
        Bits sliceGroups = new Bits().ue(0);
        int numRefIdxL0 = 1;
        int numRefIdxL1 = 1;
        boolean weightedPred;
        int weightedBipredIdc;
        boolean deblocking;
        boolean redundantPicCnt;

        NalUnit nal() {
            return new Bits()
                    .ue(id)
                    .ue(spsId)
                    .flags(cabac ? "1" : "0")
                    .flags(bottomFieldOrder ? "1" : "0")
                    .add(sliceGroups)
                    .ue(numRefIdxL0 - 1)
                    .ue(numRefIdxL1 - 1)
                    .flags(weightedPred ? "1" : "0")
                    .u(2, weightedBipredIdc)
                    .se(0)
                    .se(0)
                    .se(0)
                    .flags(deblocking ? "1" : "0")
                    .flags("0")
                    .flags(redundantPicCnt ? "1" : "0")
                    .stop()
                    .nal(Codec.H264, 0x68);
        }
    }
}
