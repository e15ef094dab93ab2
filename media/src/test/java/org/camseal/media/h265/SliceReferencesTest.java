package org.camseal.media.h265;

import org.camseal.media.Bits;
import org.junit.jupiter.api.Test;

/** What a slice header says of other pictures (ITU-T H.265 sections 7.3.6.1 to 7.3.7), every branch by hand. */
class SliceReferencesTest extends HandMadeSlice {
    @Test
    void shortTermSetsOfTheSps() throws Exception {
        // Three sets: one given, two predicted from the one before.
        Bits given =
                new Bits().ue(2).ue(1).ue(0).flags("1").ue(1).flags("0").ue(3).flags("1");
        Bits predicted = new Bits()
                .flags("1")
                .flags("1")
                .ue(0)
                .flags("1")
                .flags("01")
                .flags("00")
                .flags("1");
        Bits again = new Bits()
                .flags("1")
                .flags("0")
                .ue(1)
                .flags("1")
                .flags("1")
                .flags("1")
                .flags("1");
        sps.shortTermSets = new Bits().ue(3).add(given).add(predicted).add(again);
        pps.listsModification = true;
        // Set 0 = {-1 used, -3, +4 used}; two of them may be referred to: list entries have 1 bit.
        Bits modified = first(P).u(8, 200)
                .flags("1")
                .u(2, 0)
                .flags("1")
                .ue(1)
                .flags("1")
                .u(1, 1)
                .u(1, 0)
                .ue(0)
                .se(0);
        check(TRAIL_R, modified);
        // Set 1, by delta -1 with flags used, use, -, used (itself): {-1 used, -2 used, -4 not, } and +3 dropped.
        Bits second = first(P).u(8, 200)
                .flags("1")
                .u(2, 1)
                .flags("0")
                .flags("0")
                .ue(0)
                .se(0);
        check(TRAIL_R, second);
    }

    @Test
    void predictedSetsAreCountedAsTheStandardDerivesThem() throws Exception {
        // Reference {-1 used, -2 used}, delta +1: -1+1 = 0 is dropped, -2+1 = -1 stays, +1 itself comes behind.
        sps.shortTermSets = new Bits().ue(1).ue(2).ue(0).ue(0).flags("1").ue(0).flags("1");
        pps.listsModification = true;
        Bits inHeader = new Bits()
                .flags("1")
                .ue(0)
                .flags("0")
                .ue(0)
                .flags("1")
                .flags("1")
                .flags("1");
        // Two are used, so a list entry has 1 bit.
        check(
                TRAIL_R,
                first(P).u(8, 200)
                        .flags("0")
                        .add(inHeader)
                        .flags("0")
                        .flags("1")
                        .u(1, 1)
                        .ue(0)
                        .se(0));
        // Only itself is used: no list modification at all.
        Bits one = new Bits()
                .flags("1")
                .ue(0)
                .flags("0")
                .ue(0)
                .flags("00")
                .flags("00")
                .flags("1");
        check(TRAIL_R, first(P).u(8, 200).flags("0").add(one).flags("0").ue(0).se(0));
        // Not used but kept: none to refer to.
        Bits kept = new Bits()
                .flags("1")
                .ue(0)
                .flags("0")
                .ue(0)
                .flags("01")
                .flags("01")
                .flags("01");
        check(TRAIL_R, first(P).u(8, 200).flags("0").add(kept).flags("0").ue(0).se(0));
    }

    @Test
    void aSetOfItsOwn() throws Exception {
        Bits own = new Bits().ue(1).ue(1).ue(4).flags("1").ue(5).flags("1");
        check(TRAIL_R, first(P).u(8, 200).flags("0").add(own).flags("0").ue(0).se(0));
    }

    @Test
    void longTermPictures() throws Exception {
        oneReference();
        pps.listsModification = true;
        // Two listed in the SPS, the second one used.
        sps.longTerm = new Bits().flags("1").ue(2).u(8, 10).flags("0").u(8, 20).flags("1");
        Bits fromSps = new Bits().u(1, 1).flags("1").ue(3).u(1, 0).flags("0");
        Bits own = new Bits()
                .u(8, 30)
                .flags("1")
                .flags("0")
                .u(8, 40)
                .flags("0")
                .flags("1")
                .ue(300);
        // 1 + 1 + 1 used: list entries have 2 bits.
        Bits header = ordered(P)
                .ue(2)
                .ue(2)
                .add(fromSps)
                .add(own)
                .flags("0")
                .flags("1")
                .u(2, 2)
                .ue(0)
                .se(0);
        check(TRAIL_R, header);
        sps.longTerm = new Bits().flags("1").ue(1).u(8, 10).flags("0");
        check(TRAIL_R, ordered(P).ue(1).ue(0).flags("0").flags("0").ue(0).se(0));
        sps.longTerm = new Bits().flags("1").ue(0);
        check(
                TRAIL_R,
                ordered(P).ue(1).u(8, 30).flags("0").flags("0").flags("0").ue(0).se(0));
    }

    @Test
    void temporalVectorsAndTheirPicture() throws Exception {
        oneReference();
        sps.temporalMvp = true;
        pps.cabacInit = true;
        check(TRAIL_R, ordered(P).flags("0").flags("0").flags("1").ue(4).se(0));
        check(
                TRAIL_R,
                ordered(P).flags("1").flags("1").ue(2).flags("1").ue(2).ue(4).se(0));
        // B: from list 1, which has one entry alone; from list 0, which has three.
        check(
                TRAIL_R,
                ordered(B)
                        .flags("1")
                        .flags("1")
                        .ue(2)
                        .ue(0)
                        .flags("1")
                        .flags("1")
                        .flags("0")
                        .ue(4)
                        .se(0));
        check(
                TRAIL_R,
                ordered(B)
                        .flags("1")
                        .flags("1")
                        .ue(2)
                        .ue(0)
                        .flags("1")
                        .flags("1")
                        .flags("1")
                        .ue(1)
                        .ue(4)
                        .se(0));
    }

    @Test
    void listModificationOfBothLists() throws Exception {
        sps.shortTermSets = new Bits()
                .ue(1)
                .ue(3)
                .ue(0)
                .ue(0)
                .flags("1")
                .ue(0)
                .flags("1")
                .ue(0)
                .flags("1");
        pps.listsModification = true;
        pps.numRefIdxL0 = 2;
        pps.numRefIdxL1 = 3;
        Bits lists =
                new Bits().flags("1").u(2, 2).u(2, 1).flags("1").u(2, 0).u(2, 1).u(2, 2);
        check(TRAIL_R, ordered(B).flags("0").add(lists).flags("0").ue(0).se(0));
    }

    @Test
    void weightsOfBothLists() throws Exception {
        oneReference();
        pps.weightedPred = true;
        pps.weightedBipred = true;
        pps.numRefIdxL0 = 2;
        Bits chroma = new Bits().se(-128).se(-512).se(127).se(511);
        Bits l0 = new Bits().flags("10").flags("01").se(5).se(-128).add(chroma);
        Bits l1 = new Bits().flags("1").flags("1").se(-1).se(1).add(chroma);
        check(TRAIL_R, ordered(P).flags("0").ue(7).se(-7).add(l0).ue(0).se(0));
        check(
                TRAIL_R,
                ordered(B)
                        .flags("0")
                        .flags("1")
                        .ue(7)
                        .se(0)
                        .add(l0)
                        .add(l1)
                        .ue(0)
                        .se(0));
        pps.weightedPred = false;
        check(TRAIL_R, ordered(P).flags("0").ue(0).se(0));
        pps.weightedPred = true;
        sps.chromaFormat = 0;
        check(
                TRAIL_R,
                ordered(P)
                        .flags("0")
                        .ue(7)
                        .flags("11")
                        .se(1)
                        .se(2)
                        .se(3)
                        .se(4)
                        .ue(0)
                        .se(0));
    }
}
