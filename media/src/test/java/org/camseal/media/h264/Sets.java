package org.camseal.media.h264;

import org.camseal.media.Bits;
import org.camseal.media.Codec;
import org.camseal.media.NalUnit;

/** Hand-made H.264 parameter sets: a field for each element that a test changes. */
public final class Sets {
    private Sets() {}

    public static final class SpsBits {
        public int id;
        public int profile = 77;
        public int chromaFormat = 1;
        public boolean separatePlanes;
        public Bits scaling = new Bits().flags("0");
        public int frameNumBits = 4;
        public Bits order = new Bits().ue(0).ue(0);
        public int widthInMbs = 11;
        public int heightInMapUnits = 9;
        public boolean frameMbsOnly = true;
        public Bits cropping = new Bits().flags("0");
        public Bits vui = new Bits().flags("0");

        public NalUnit nal() {
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

    public static final class PpsBits {
        public int id;
        public int spsId;
        public boolean cabac;
        public boolean bottomFieldOrder;
        public Bits sliceGroups = new Bits().ue(0);
        public int numRefIdxL0 = 1;
        public int numRefIdxL1 = 1;
        public boolean weightedPred;
        public int weightedBipredIdc;
        public boolean deblocking;
        public boolean redundantPicCnt;

        public NalUnit nal() {
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
