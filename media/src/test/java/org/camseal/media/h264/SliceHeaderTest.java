package org.camseal.media.h264;

import static org.assertj.core.api.Assertions.assertThat;

import org.camseal.media.Bits;
import org.camseal.media.Codec;
import org.camseal.media.HeaderEnd;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every branch of slice_header() (ITU-T H.264 section 7.3.3), by hand. */
class SliceHeaderTest {
    private static final int P = 0;
    private static final int B = 1;
    private static final int I = 2;
    private static final int SP = 3;
    private static final int SI = 4;
    private static final int IDR = 0x65;
    private static final int REFERENCE = 0x41;
    private static final int NON_REFERENCE = 0x01;

    private final Sets.SpsBits sps = new Sets.SpsBits();
    private final Sets.PpsBits pps = new Sets.PpsBits();

    /** first_mb, type, PPS 0, frame_num 5 of 4 bits, POC low bits 9 of 4 bits. */
    private static Bits start(int type) {
        return new Bits().ue(0).ue(type).ue(0).u(4, 5).u(4, 9);
    }

    private SliceHeader check(int nalHeader, Bits header) throws Exception {
        H264Headers headers = new H264Headers();
        headers.accept(sps.nal());
        headers.accept(pps.nal());
        HeaderEnd.check(headers, header, Codec.H264, nalHeader);
        SliceHeader parsed = headers.parse(header.nal(Codec.H264, nalHeader));
        assertThat(parsed.endBit()).isEqualTo(8 + header.length());
        return parsed;
    }

    @Test
    void idr() throws Exception {
        Bits header =
                new Bits().ue(22).ue(7).ue(0).u(4, 0).ue(3).u(4, 0).flags("01").se(-7);
        SliceHeader parsed = check(IDR, header);
        assertThat(parsed.type()).isEqualTo(SliceType.I);
        assertThat(parsed.firstMb()).isEqualTo(22);
        assertThat(parsed.picture().idr()).isTrue();
        assertThat(parsed.picture().idrPicId()).isEqualTo(3);
    }

    @Test
    void intraWithoutAndWithReference() throws Exception {
        check(NON_REFERENCE, start(I).se(5));
        check(REFERENCE, start(I).flags("0").se(5));
    }

    @Test
    void predictedWithDefaultAndOwnNumberOfReferences() throws Exception {
        check(NON_REFERENCE, start(P).flags("0").flags("0").se(5));
        check(NON_REFERENCE, start(P).flags("1").ue(30).flags("0").se(5));
        check(NON_REFERENCE, start(B).flags("1").flags("0").flags("00").se(5));
        check(
                NON_REFERENCE,
                start(B).flags("0").flags("1").ue(2).ue(31).flags("00").se(5));
    }

    @Test
    void listModificationOfEitherKind() throws Exception {
        pps.numRefIdxL0 = 3;
        pps.numRefIdxL1 = 1;
        check(
                NON_REFERENCE,
                start(P).flags("0")
                        .flags("1")
                        .ue(0)
                        .ue(70_000)
                        .ue(1)
                        .ue(0)
                        .ue(2)
                        .ue(1)
                        .ue(3)
                        .se(5));
        check(
                NON_REFERENCE,
                start(B).flags("1")
                        .flags("0")
                        .flags("1")
                        .ue(3)
                        .flags("1")
                        .ue(2)
                        .ue(0)
                        .ue(3)
                        .se(5));
    }

    @Test
    void markingOfEitherKind() throws Exception {
        Bits marking = new Bits()
                .flags("1")
                .ue(1)
                .ue(3)
                .ue(2)
                .ue(4)
                .ue(3)
                .ue(1)
                .ue(2)
                .ue(4)
                .ue(2)
                .ue(6)
                .ue(1)
                .ue(0);
        SliceHeader parsed = check(REFERENCE, start(P).flags("00").add(marking).se(1));
        assertThat(parsed.resetsOrder()).isFalse();
        parsed = check(REFERENCE, start(P).flags("00").flags("1").ue(5).ue(0).se(1));
        assertThat(parsed.resetsOrder()).isTrue();
    }

    @Test
    void weightsOfPredictedSlices() throws Exception {
        pps.weightedPred = true;
        Bits entry = new Bits()
                .flags("1")
                .se(-128)
                .se(127)
                .flags("1")
                .se(1)
                .se(2)
                .se(3)
                .se(4);
        Bits table = new Bits()
                .ue(5)
                .ue(7)
                .add(entry)
                .flags("0")
                .flags("0")
                .flags("0")
                .flags("1")
                .se(0)
                .se(0)
                .se(0)
                .se(0);
        for (int type : new int[] {P, SP}) {
            Bits header = start(type).flags("1").ue(2).flags("0").add(table).se(0);
            check(NON_REFERENCE, type == P ? header : header.flags("1").se(-3));
        }
        check(NON_REFERENCE, start(B).flags("0").flags("0").flags("00").se(0));
    }

    @Test
    void weightsOfBidirectionalSlicesOnlyWhereExplicit() throws Exception {
        Bits table = new Bits().ue(1).ue(0).flags("00").flags("1").se(3).se(4).flags("0");
        pps.weightedBipredIdc = 1;
        check(
                NON_REFERENCE,
                start(B).flags("0").flags("0").flags("00").add(table).se(0));
        check(NON_REFERENCE, start(P).flags("0").flags("0").se(0));
        pps.weightedBipredIdc = 2;
        check(NON_REFERENCE, start(B).flags("0").flags("0").flags("00").se(0));
    }

    @Test
    void weightsWithoutChroma() throws Exception {
        pps.weightedPred = true;
        sps.profile = 244;
        sps.chromaFormat = 0;
        check(NON_REFERENCE, start(P).flags("00").ue(3).flags("1").se(3).se(4).se(0));
        sps.chromaFormat = 3;
        sps.separatePlanes = true;
        Bits plane = new Bits().ue(0).ue(P).ue(0).u(2, 2).u(4, 5).u(4, 9);
        check(NON_REFERENCE, plane.flags("00").ue(3).flags("1").se(3).se(4).se(0));
        sps.separatePlanes = false;
        check(
                NON_REFERENCE,
                start(P).flags("00")
                        .ue(3)
                        .ue(1)
                        .flags("1")
                        .se(3)
                        .se(4)
                        .flags("0")
                        .se(0));
    }

    @Test
    void switchingSlices() throws Exception {
        check(NON_REFERENCE, start(SP).flags("00").se(2).flags("1").se(-51));
        check(NON_REFERENCE, start(SI).se(2).se(51));
    }

    @Test
    void cabacInitOnlyWherePredicted() throws Exception {
        pps.cabac = true;
        check(NON_REFERENCE, start(P).flags("00").ue(2).se(2));
        check(NON_REFERENCE, start(B).flags("1").flags("0").flags("00").ue(0).se(2));
        check(NON_REFERENCE, start(I).se(2));
    }

    @Test
    void deblockingOffsetsUnlessSwitchedOff() throws Exception {
        pps.deblocking = true;
        check(NON_REFERENCE, start(I).se(2).ue(0).se(-6).se(6));
        check(NON_REFERENCE, start(I).se(2).ue(1));
        check(NON_REFERENCE, start(I).se(2).ue(2).se(0).se(1));
    }

    @Test
    void fieldsAndAdaptiveFrames() throws Exception {
        sps.frameMbsOnly = false;
        pps.bottomFieldOrder = true;
        Bits frame =
                new Bits().ue(0).ue(I).ue(0).u(4, 5).flags("0").u(4, 9).se(-300).se(0);
        assertThat(check(NON_REFERENCE, frame).picture().deltaPocBottom()).isEqualTo(-300);
        Bits bottom = new Bits().ue(0).ue(I).ue(0).u(4, 5).flags("11").u(4, 9).se(0);
        PictureIdentity picture = check(NON_REFERENCE, bottom).picture();
        assertThat(picture.fieldPic()).isTrue();
        assertThat(picture.bottomField()).isTrue();
    }

    @Test
    void orderInCycles() throws Exception {
        sps.order = new Bits().ue(1).flags("0").se(-2).se(1).ue(2).se(2).se(4);
        pps.bottomFieldOrder = true;
        Bits start = new Bits().ue(0).ue(I).ue(0).u(4, 5);
        PictureIdentity picture =
                check(NON_REFERENCE, start.se(70_000).se(-9).se(0)).picture();
        assertThat(picture.deltaPoc0()).isEqualTo(70_000);
        assertThat(picture.deltaPoc1()).isEqualTo(-9);
        pps.bottomFieldOrder = false;
        check(NON_REFERENCE, new Bits().ue(0).ue(I).ue(0).u(4, 5).se(1).se(0));
        sps.order = new Bits().ue(1).flags("1").se(0).se(0).ue(0);
        check(NON_REFERENCE, new Bits().ue(0).ue(I).ue(0).u(4, 5).se(0));
    }

    @Test
    void orderOfDecoding() throws Exception {
        sps.order = new Bits().ue(2);
        check(NON_REFERENCE, new Bits().ue(0).ue(I).ue(0).u(4, 5).se(0));
    }

    @Test
    void redundantPictures() throws Exception {
        pps.redundantPicCnt = true;
        assertThat(check(NON_REFERENCE, start(I).ue(127).se(0)).redundantPicCnt())
                .isEqualTo(127);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 6})
    void sliceGroupsThatDoNotChange(int mapType) throws Exception {
        Bits map = switch (mapType) {
            case 0 -> new Bits().ue(10).ue(20).ue(30);
            case 2 -> new Bits().ue(1).ue(5).ue(8).ue(80);
            case 6 -> new Bits().ue(98).flags("01".repeat(99));
            default -> new Bits();
        };
        sps.profile = 66;
        pps.sliceGroups = new Bits().ue(2).ue(mapType).add(map);
        check(NON_REFERENCE, start(I).se(0));
    }

    @ParameterizedTest
    @CsvSource({
        "3, 1, 7",
        "4, 99, 1",
        "5, 98, 2",
        "3, 33, 2",
        "3, 34, 2",
        "4, 32, 3",
        "5, 15, 3",
        "5, 14, 4",
        "5, 100, 1",
        "4, 20000, 1"
    })
    void sliceGroupsThatChange(int mapType, int rate, int bits) throws Exception {
        // 11 x 9 = 99 map units: Ceil(Log2(99 / rate + 1)) bits.
        assertThat(bits).isEqualTo((int) Math.ceil(Math.log(99.0 / rate + 1) / Math.log(2)));
        pps.sliceGroups = new Bits().ue(1).ue(mapType).flags("1").ue(rate - 1);
        check(NON_REFERENCE, start(I).se(0).u(bits, 1));
    }

    @Test
    void emulationPreventionBytesAreCountedUpToTheEndAndNotBehind() throws Exception {
        sps.frameNumBits = 16;
        sps.order = new Bits().ue(0).ue(12);
        // 9 bits, then zeros in plenty: 00 00 03 twice within the header.
        Bits header =
                new Bits().ue(0).ue(7).ue(0).u(16, 0).ue(0).u(16, 0).flags("00").se(0);
        check(IDR, header);
    }

    @Test
    void aHeaderThatEndsInZeroBytes() throws Exception {
        sps.frameNumBits = 16;
        pps.sliceGroups = new Bits().ue(1).ue(3).flags("0").ue(0);
        sps.widthInMbs = 4096;
        sps.heightInMapUnits = 4095;
        // slice_group_change_cycle has 24 bits here and ends the header with zeros.
        Bits header = new Bits().ue(0).ue(I).ue(0).u(16, 1).u(4, 1).se(0).u(24, 0);
        header = header.length() % 8 == 0
                ? header
                : new Bits().ue(0).ue(I).ue(0).u(16, 1).u(4, 1).se(3).u(24, 0);
        check(NON_REFERENCE, header);
        H264Headers headers = new H264Headers();
        headers.accept(sps.nal());
        headers.accept(pps.nal());
        byte[] raw =
                new Bits().add(header).u(8, 1).nal(Codec.H264, NON_REFERENCE).bytes();
        int clear = headers.clearLength(new Bits().add(header).u(8, 1).nal(Codec.H264, NON_REFERENCE));
        assertThat(raw[clear - 1]).isZero();
    }
}
