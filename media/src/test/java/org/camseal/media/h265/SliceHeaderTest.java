package org.camseal.media.h265;

import static org.assertj.core.api.Assertions.assertThat;

import org.camseal.media.Bits;
import org.junit.jupiter.api.Test;

/** Every branch of slice_segment_header() (ITU-T H.265 section 7.3.6.1) but for references, by hand. */
class SliceHeaderTest extends HandMadeSlice {
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
}
