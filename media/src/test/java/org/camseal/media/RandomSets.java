package org.camseal.media;

import java.util.Random;

/** Parameter sets and slices of random choices, most of which no encoder at hand makes. */
final class RandomSets {
    private final Random random;

    RandomSets(long seed) {
        this.random = new Random(seed);
    }

    private int upTo(int max) {
        return random.nextInt(max + 1);
    }

    private boolean flag() {
        return random.nextBoolean();
    }

    /** Bits with somewhat more ones, so that Exp-Golomb numbers stay small. */
    private Bits randomBits(int count) {
        Bits bits = new Bits();
        for (int i = 0; i < count; i++) {
            bits.flags(random.nextInt(100) < 58 ? "1" : "0");
        }
        return bits;
    }

    org.camseal.media.h264.Sets.SpsBits h264Sps() {
        var sps = new org.camseal.media.h264.Sets.SpsBits();
        sps.profile = new int[] {66, 77, 88, 100, 122, 244}[upTo(5)];
        sps.chromaFormat = upTo(3);
        sps.separatePlanes = flag();
        sps.frameNumBits = 4 + upTo(12);
        sps.order = switch (upTo(3)) {
            case 0 -> new Bits().ue(2);
            case 1 ->
                new Bits().ue(1).flags(flag() ? "1" : "0").se(-1).se(1).ue(1).se(3);
            default -> new Bits().ue(0).ue(upTo(12));
        };
        sps.widthInMbs = 1 + upTo(40);
        sps.heightInMapUnits = 1 + upTo(40);
        sps.frameMbsOnly = flag();
        return sps;
    }

    org.camseal.media.h264.Sets.PpsBits h264Pps(int mapUnits) {
        var pps = new org.camseal.media.h264.Sets.PpsBits();
        pps.cabac = flag();
        pps.bottomFieldOrder = flag();
        pps.numRefIdxL0 = 1 + upTo(5);
        pps.numRefIdxL1 = 1 + upTo(3);
        pps.weightedPred = flag();
        pps.weightedBipredIdc = upTo(2);
        pps.deblocking = flag();
        pps.redundantPicCnt = flag();
        if (upTo(2) == 0) {
            pps.sliceGroups = new Bits().ue(1).ue(3 + upTo(2)).flags("1").ue(upTo(mapUnits - 1));
        }
        return pps;
    }

    /** A slice of PPS 0: type and all behind it at random. */
    NalUnit h264Slice() {
        boolean idr = upTo(4) == 0;
        int type = idr ? 2 + 2 * upTo(1) : upTo(4);
        Bits bits = new Bits().ue(0).ue(type + 5 * upTo(1)).ue(0).add(randomBits(600));
        return bits.nal(Codec.H264, idr ? 0x65 : flag() ? 0x41 : 0x01);
    }

    org.camseal.media.h265.Sets.SpsBits h265Sps() {
        var sps = new org.camseal.media.h265.Sets.SpsBits();
        sps.chromaFormat = upTo(3);
        sps.separatePlanes = flag();
        sps.width = 8 * (1 + upTo(60));
        sps.height = 8 * (1 + upTo(60));
        sps.pocLsbBits = 4 + upTo(12);
        sps.ordering = new Bits().flags("1").ue(15).ue(2).ue(0);
        sps.sao = flag();
        sps.temporalMvp = flag();
        int sets = upTo(4);
        sps.shortTermSets = new Bits().ue(sets);
        int pictures = 0;
        for (int i = 0; i < sets; i++) {
            if (i > 0 && flag()) {
                // Predicted: one flag bit or two for each picture of the set before, and for that set itself.
                sps.shortTermSets.flags("1").flags(flag() ? "1" : "0").ue(upTo(2));
                for (int j = 0; j <= pictures; j++) {
                    sps.shortTermSets.flags("1");
                }
                // All flags are set, so only a distance of 0 drops out: no further prediction from an unknown size.
                pictures = -1;
            } else {
                int before = upTo(3);
                int behind = upTo(3);
                sps.shortTermSets.flags(i > 0 ? "0" : "").ue(before).ue(behind);
                for (int j = 0; j < before + behind; j++) {
                    sps.shortTermSets.ue(upTo(2)).flags(flag() ? "1" : "0");
                }
                pictures = before + behind;
            }
            if (pictures < 0) {
                // The next one is explicit, so that its size is known.
                int rest = sets - i - 1;
                for (int j = 0; j < rest; j++) {
                    sps.shortTermSets.flags("0").ue(1).ue(0).ue(0).flags("1");
                }
                break;
            }
        }
        if (flag()) {
            int listed = upTo(5);
            sps.longTerm = new Bits().flags("1").ue(listed);
            for (int i = 0; i < listed; i++) {
                sps.longTerm.u(sps.pocLsbBits, upTo(15)).flags(flag() ? "1" : "0");
            }
        }
        return sps;
    }

    org.camseal.media.h265.Sets.PpsBits h265Pps() {
        var pps = new org.camseal.media.h265.Sets.PpsBits();
        pps.dependentSegments = flag();
        pps.outputFlag = flag();
        pps.extraBits = upTo(2);
        pps.cabacInit = flag();
        pps.numRefIdxL0 = 1 + upTo(4);
        pps.numRefIdxL1 = 1 + upTo(4);
        pps.chromaQpOffsets = flag();
        pps.weightedPred = flag();
        pps.weightedBipred = flag();
        pps.tilesAndWavefronts = switch (upTo(3)) {
            case 0 -> new Bits().flags("01");
            case 1 -> new Bits().flags("10").ue(1).ue(0).flags("1").flags("1");
            default -> new Bits().flags("00");
        };
        pps.loopFilterAcrossSlices = flag();
        pps.deblocking = flag() ? new Bits().flags("0") : new Bits().flags("1").flags(flag() ? "11" : "01");
        pps.listsModification = flag();
        pps.headerExtension = upTo(4) == 0;
        return pps;
    }

    /** A slice segment of PPS 0: all behind it at random. */
    NalUnit h265Slice() {
        int nalType = new int[] {0, 1, 1, 1, 1, 1, 8, 9, 19, 21}[upTo(9)];
        boolean first = upTo(3) > 0;
        Bits bits = new Bits()
                .flags(first ? "1" : "0")
                .flags(nalType >= 16 ? "0" : "")
                .ue(0)
                .add(randomBits(900));
        return bits.nal(Codec.H265, nalType << 1, 1);
    }
}
