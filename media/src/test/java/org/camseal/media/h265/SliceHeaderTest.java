package org.camseal.media.h265;

import static org.assertj.core.api.Assertions.assertThat;

import org.camseal.media.Bits;
import org.camseal.media.Codec;
import org.camseal.media.HeaderEnd;
import org.junit.jupiter.api.Test;

/** Every branch of slice_segment_header() (ITU-T H.265 section 7.3.6.1), by hand. */
class SliceHeaderTest {
    private static final int B = 0;
    private static final int P = 1;
    private static final int I = 2;
    private static final int TRAIL_R = 1;
    private static final int IDR = 19;
    private static final int CRA = 21;

    private final Sets.SpsBits sps = new Sets.SpsBits();
    private final Sets.PpsBits pps = new Sets.PpsBits();

    /** First segment of a picture, PPS 0. */
    private static Bits first(int sliceType) {
        return new Bits().flags("1").ue(0).ue(sliceType);
    }

    /** The same with order 200 and the SPS's only reference picture set. */
    private static Bits ordered(int sliceType) {
        return first(sliceType).u(8, 200).flags("1");
    }

    private SliceHeader check(int nalType, Bits header) throws Exception {
        H265Headers headers = new H265Headers();
        headers.accept(sps.nal());
        headers.accept(pps.nal());
        header.stop();
        HeaderEnd.check(headers, header, Codec.H265, nalType << 1, 1);
        SliceHeader parsed = headers.parse(header.nal(Codec.H265, nalType << 1, 1));
        assertThat(parsed.endBit()).isEqualTo(16 + header.length());
        return parsed;
    }

    /** One set: one picture before, used. */
    private void oneReference() {
        sps.shortTermSets = new Bits().ue(1).ue(1).ue(0).ue(0).flags("1");
    }

    @Test
    void randomAccessPictures() throws Exception {
        Bits idr = new Bits().flags("1").flags("0").ue(0).ue(I).se(3);
        assertThat(check(IDR, idr).firstInPicture()).isTrue();
        oneReference();
        Bits cra =
                new Bits().flags("1").flags("1").ue(0).ue(I).u(8, 77).flags("1").se(3);
        assertThat(check(CRA, cra).pocLsb()).isEqualTo(77);
    }

    @Test
    void furtherSegmentsHaveAnAddress() throws Exception {
        // 390 coding tree blocks: 9 bits.
        Bits second = new Bits().flags("0").flags("0").ue(0).u(9, 389).ue(I).se(0);
        SliceHeader header = check(IDR, second);
        assertThat(header.address()).isEqualTo(389);
        assertThat(header.dependent()).isFalse();
        pps.dependentSegments = true;
        header = check(IDR, new Bits().flags("0").flags("0").ue(0).flags("1").u(9, 7));
        assertThat(header.dependent()).isTrue();
        check(
                IDR,
                new Bits().flags("0").flags("0").ue(0).flags("0").u(9, 7).ue(I).se(0));
    }

    @Test
    void extraBitsOutputFlagAndPlanes() throws Exception {
        pps.extraBits = 5;
        pps.outputFlag = true;
        sps.chromaFormat = 3;
        sps.separatePlanes = true;
        sps.sao = true;
        check(
                IDR,
                new Bits()
                        .flags("1")
                        .flags("0")
                        .ue(0)
                        .flags("10101")
                        .ue(I)
                        .flags("1")
                        .u(2, 2)
                        .flags("1")
                        .se(0));
    }

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

    @Test
    void quantizerOffsetsAndTheRangeExtension() throws Exception {
        pps.chromaQpOffsets = true;
        check(IDR, new Bits().flags("1").flags("0").ue(0).ue(I).se(1).se(-12).se(12));
        pps.transformSkip = true;
        pps.extension = new Bits()
                .flags("1")
                .flags("1000 0000")
                .ue(2)
                .flags("0")
                .flags("1")
                .ue(0)
                .ue(0)
                .se(3)
                .se(-3)
                .ue(0)
                .ue(0);
        sps.extension = new Bits().flags("1").flags("1000 0000").flags("111111111");
        check(
                IDR,
                new Bits()
                        .flags("1")
                        .flags("0")
                        .ue(0)
                        .ue(I)
                        .se(1)
                        .se(-12)
                        .se(12)
                        .flags("1"));
    }

    @Test
    void filters() throws Exception {
        sps.sao = true;
        pps.loopFilterAcrossSlices = true;
        Bits start = new Bits().flags("1").flags("0").ue(0).ue(I);
        check(IDR, new Bits().add(start).flags("00").se(0).flags("1"));
        pps.deblocking = new Bits().flags("1").flags("0").flags("1");
        check(IDR, new Bits().add(start).flags("00").se(0));
        check(IDR, new Bits().add(start).flags("01").se(0).flags("0"));
        pps.deblocking = new Bits().flags("1").flags("1").flags("0").se(6).se(-6);
        check(IDR, new Bits().add(start).flags("00").se(0).flags("0").flags("1"));
        check(IDR, new Bits().add(start).flags("00").se(0).flags("1").flags("1"));
        check(
                IDR,
                new Bits()
                        .add(start)
                        .flags("00")
                        .se(0)
                        .flags("1")
                        .flags("0")
                        .se(-6)
                        .se(6)
                        .flags("1"));
        sps.chromaFormat = 0;
        check(IDR, new Bits().add(start).flags("1").se(0).flags("1").flags("1").flags("0"));
    }

    @Test
    void entryPointsOfTilesAndWavefronts() throws Exception {
        Bits start = new Bits().flags("1").flags("0").ue(0).ue(I).se(0);
        pps.tilesAndWavefronts = new Bits().flags("01");
        check(IDR, new Bits().add(start).ue(0));
        check(IDR, new Bits().add(start).ue(3).ue(31).u(32, 7).u(32, 8).u(32, 0));
        pps.tilesAndWavefronts = new Bits().flags("10").ue(2).ue(1).flags("1").flags("1");
        check(
                IDR,
                new Bits()
                        .add(start)
                        .ue(5)
                        .ue(9)
                        .u(10, 1)
                        .u(10, 2)
                        .u(10, 3)
                        .u(10, 4)
                        .u(10, 5));
        pps.tilesAndWavefronts =
                new Bits().flags("11").ue(2).ue(1).flags("0").ue(3).ue(4).ue(5).flags("0");
        check(IDR, new Bits().add(start).ue(1).ue(0).u(1, 1));
        pps.dependentSegments = true;
        check(
                IDR,
                new Bits()
                        .flags("0")
                        .flags("0")
                        .ue(0)
                        .flags("1")
                        .u(9, 7)
                        .ue(1)
                        .ue(0)
                        .u(1, 1));
    }

    @Test
    void headerExtension() throws Exception {
        pps.headerExtension = true;
        Bits start = new Bits().flags("1").flags("0").ue(0).ue(I).se(0);
        check(IDR, new Bits().add(start).ue(0));
        // Zero bytes too, so that emulation prevention bytes stand in the header.
        check(IDR, new Bits().add(start).ue(7).u(56, 0x0000_0001_0000_00L));
    }

    @Test
    void parameterSetsWithAllThatCanBeReadOver() throws Exception {
        sps.subLayers = 3;
        sps.subLayerLevels = new Bits()
                .flags("11 01")
                .flags("00".repeat(6))
                .u(48, 1)
                .u(48, 2)
                .u(8, 3);
        sps.ordering = new Bits()
                .flags("1")
                .ue(1)
                .ue(0)
                .ue(0)
                .ue(2)
                .ue(1)
                .ue(5)
                .ue(4)
                .ue(2)
                .ue(0);
        sps.window = new Bits().flags("1").ue(1).ue(2).ue(3).ue(4);
        sps.scaling = new Bits().flags("1").flags("1").add(Sets.scalingListData());
        sps.pcm = new Bits().flags("1").u(8, 0x77).ue(0).ue(1).flags("1");
        pps.scaling = new Bits().flags("1").add(Sets.scalingListData());
        check(IDR, new Bits().flags("1").flags("0").ue(0).ue(I).se(3));
        sps.scaling = new Bits().flags("1").flags("0");
        sps.vui = vui();
        check(IDR, new Bits().flags("1").flags("0").ue(0).ue(I).se(3));
        Sps parsed = Sps.parse(sps.nal());
        assertThat(parsed.width()).isEqualTo(416 - 2 * 3);
        assertThat(parsed.height()).isEqualTo(240 - 2 * 7);
        assertThat(parsed.maxReorderPics()).isEqualTo(2);
        assertThat(parsed.profile().profileIdc()).isEqualTo(1);
        assertThat(parsed.profile().compatibilityFlags()).isEqualTo(0x60000000);
        assertThat(parsed.profile().constraintFlags()).isEqualTo(0x900000000000L);
        assertThat(parsed.profile().levelIdc()).isEqualTo(93);
        assertThat(parsed.vui().minSpatialSegmentationIdc()).isEqualTo(4095);
        assertThat(java.util.Objects.requireNonNull(parsed.vui().frameRate()).perSecond())
                .isEqualTo(25.0);
    }

    /** Everything present, of three sub-layers. */
    private static Bits vui() {
        Bits subLayer = new Bits().ue(100).ue(200).ue(300).ue(400).flags("1");
        Bits hrd = new Bits()
                .flags("11")
                .flags("1")
                .u(8, 1)
                .u(5, 2)
                .flags("1")
                .u(5, 3)
                .u(8, 4)
                .u(4, 5)
                .u(15, 6);
        hrd.flags("1").ue(7).ue(1).add(subLayer).add(subLayer).add(subLayer).add(subLayer);
        hrd.flags("0").flags("1").ue(8).ue(0).add(subLayer).add(subLayer);
        hrd.flags("0").flags("0").flags("1").add(subLayer).add(subLayer);
        return new Bits()
                .flags("1")
                .flags("1")
                .u(8, 255)
                .u(32, 0x00010001)
                .flags("1")
                .flags("1")
                .flags("1")
                .u(4, 11)
                .flags("1")
                .u(24, 0x010101)
                .flags("1")
                .ue(0)
                .ue(5)
                .flags("000")
                .flags("1")
                .ue(1)
                .ue(2)
                .ue(3)
                .ue(4)
                .flags("1")
                .u(32, 1)
                .u(32, 25)
                .flags("1")
                .ue(0)
                .flags("1")
                .add(hrd)
                .flags("1")
                .flags("101")
                .ue(4095)
                .ue(2)
                .ue(1)
                .ue(15)
                .ue(15);
    }
}
