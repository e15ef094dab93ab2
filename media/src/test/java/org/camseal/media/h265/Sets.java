package org.camseal.media.h265;

import org.camseal.media.Bits;
import org.camseal.media.Codec;
import org.camseal.media.NalUnit;

/** Hand-made H.265 parameter sets: a field for each element that a test changes. */
public final class Sets {
    private Sets() {}

    public static final class SpsBits {
        public int id;
        public int subLayers = 1;
        public Bits subLayerLevels = new Bits();
        public int chromaFormat = 1;
        public boolean separatePlanes;
        public int width = 416;
        public int height = 240;
        public Bits window = new Bits().flags("0");
        public int pocLsbBits = 8;
        public Bits ordering = new Bits().flags("1").ue(4).ue(2).ue(0);
        public Bits scaling = new Bits().flags("0");
        public boolean sao;
        public Bits pcm = new Bits().flags("0");
        public Bits shortTermSets = new Bits().ue(0);
        public Bits longTerm = new Bits().flags("0");
        public boolean temporalMvp;
        public Bits vui = new Bits().flags("0");
        public Bits extension = new Bits().flags("0");

        public NalUnit nal() {
            Bits bits = new Bits().u(4, 0).u(3, subLayers - 1).flags("1");
            bits.u(8, 1).u(32, 0x60000000L).u(48, 0x900000000000L).u(8, 93).add(subLayerLevels);
            bits.ue(id).ue(chromaFormat);
            if (chromaFormat == 3) {
                bits.flags(separatePlanes ? "1" : "0");
            }
            bits.ue(width).ue(height).add(window).ue(0).ue(0).ue(pocLsbBits - 4).add(ordering);
            // Coding blocks of 8 to 16, so 26 x 15 = 390 coding tree blocks.
            bits.ue(0)
                    .ue(1)
                    .ue(0)
                    .ue(2)
                    .ue(1)
                    .ue(1)
                    .add(scaling)
                    .flags("0")
                    .flags(sao ? "1" : "0")
                    .add(pcm);
            bits.add(shortTermSets)
                    .add(longTerm)
                    .flags(temporalMvp ? "1" : "0")
                    .flags("0")
                    .add(vui)
                    .add(extension);
            return bits.stop().nal(Codec.H265, 0x42, 1);
        }
    }

    public static final class PpsBits {
        public int id;
        public int spsId;
        public boolean dependentSegments;
        public boolean outputFlag;
        public int extraBits;
        public boolean cabacInit;
        public int numRefIdxL0 = 1;
        public int numRefIdxL1 = 1;
        public boolean transformSkip;
        public boolean chromaQpOffsets;
        public boolean weightedPred;
        public boolean weightedBipred;
        public Bits tilesAndWavefronts = new Bits().flags("00");
        public boolean loopFilterAcrossSlices;
        public Bits deblocking = new Bits().flags("0");
        public Bits scaling = new Bits().flags("0");
        public boolean listsModification;
        public boolean headerExtension;
        public Bits extension = new Bits().flags("0");

        public NalUnit nal() {
            return new Bits()
                    .ue(id)
                    .ue(spsId)
                    .flags(flag(dependentSegments) + flag(outputFlag))
                    .u(3, extraBits)
                    .flags("0" + flag(cabacInit))
                    .ue(numRefIdxL0 - 1)
                    .ue(numRefIdxL1 - 1)
                    .se(0)
                    .flags("0" + flag(transformSkip) + "1")
                    .ue(1)
                    .se(-12)
                    .se(12)
                    .flags(flag(chromaQpOffsets) + flag(weightedPred) + flag(weightedBipred) + "0")
                    .add(tilesAndWavefronts)
                    .flags(flag(loopFilterAcrossSlices))
                    .add(deblocking)
                    .add(scaling)
                    .flags(flag(listsModification))
                    .ue(0)
                    .flags(flag(headerExtension))
                    .add(extension)
                    .stop()
                    .nal(Codec.H265, 0x44, 1);
        }

        private static String flag(boolean value) {
            return value ? "1" : "0";
        }
    }

    /** scaling_list_data() with every list predicted but one of each size. */
    static Bits scalingListData() {
        Bits bits = new Bits();
        for (int sizeId = 0; sizeId < 4; sizeId++) {
            for (int list = 0; list < (sizeId == 3 ? 2 : 6); list++) {
                if (list == 1) {
                    bits.flags("1").add(sizeId > 1 ? new Bits().se(40) : new Bits());
                    for (int i = 0; i < Math.min(64, 16 << (2 * sizeId)); i++) {
                        bits.se(i % 5 - 2);
                    }
                } else {
                    bits.flags("0").ue(list);
                }
            }
        }
        return bits;
    }
}
