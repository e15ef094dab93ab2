package org.camseal.media.h264;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;
import org.camseal.media.Bits;
import org.camseal.media.Codec;
import org.camseal.media.MalformedException;
import org.camseal.media.MediaException;
import org.camseal.media.NalUnit;
import org.camseal.media.UnsupportedException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What cannot be read exactly is refused, and the message names it. */
class RefusalTest {
    private final H264Headers headers = new H264Headers();

    @BeforeEach
    void parameterSets() throws MediaException {
        Sets.PpsBits pps = new Sets.PpsBits();
        pps.deblocking = true;
        pps.cabac = true;
        pps.weightedPred = true;
        headers.accept(new Sets.SpsBits().nal());
        headers.accept(pps.nal());
        Sets.PpsBits other = new Sets.PpsBits();
        other.id = 1;
        other.spsId = 1;
        headers.accept(other.nal());
    }

    private static Bits intra() {
        return new Bits().ue(0).ue(2).ue(0).u(4, 0).u(4, 0);
    }

    private static Bits predicted() {
        return new Bits().ue(0).ue(0).ue(0).u(4, 0).u(4, 0);
    }

    static Stream<Arguments> broken() {
        return Stream.of(
                Arguments.of("slice_type", new Bits().ue(0).ue(10)),
                Arguments.of("first_mb_in_slice", new Bits().u(32, 0)),
                Arguments.of("pic_parameter_set_id", new Bits().ue(0).ue(2).ue(256)),
                Arguments.of("PPS 7 has not been seen", new Bits().ue(0).ue(2).ue(7)),
                Arguments.of("SPS 1, which PPS 1 names,", new Bits().ue(0).ue(2).ue(1)),
                Arguments.of("slice_qp_delta", intra().se(88)),
                Arguments.of("disable_deblocking_filter_idc", intra().se(0).ue(3)),
                Arguments.of("slice_alpha_c0_offset_div2", intra().se(0).ue(0).se(7)),
                Arguments.of("slice_beta_offset_div2", intra().se(0).ue(0).se(0).se(-7)),
                Arguments.of(
                        "num_ref_idx_l0_active_minus1", predicted().flags("1").ue(32)),
                Arguments.of(
                        "modification_of_pic_nums_idc",
                        predicted().flags("0").flags("1").ue(4)),
                Arguments.of(
                        "modifications",
                        predicted()
                                .flags("0")
                                .flags("1")
                                .ue(0)
                                .ue(0)
                                .ue(0)
                                .ue(0)
                                .ue(3)),
                Arguments.of("luma_log2_weight_denom", predicted().flags("00").ue(8)),
                Arguments.of(
                        "luma_weight",
                        predicted().flags("00").ue(0).ue(0).flags("1").se(128)),
                Arguments.of(
                        "cabac_init_idc",
                        predicted().flags("00").ue(0).ue(0).flags("00").ue(3)));
    }

    @ParameterizedTest
    @MethodSource
    void broken(String named, Bits header) {
        NalUnit nal = header.add(new Bits().flags("1".repeat(64))).nal(Codec.H264, 1);
        assertThatThrownBy(() -> headers.clearLength(nal))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining(named);
    }

    @Test
    void theSameHeadersInRangePass() throws Exception {
        assertThat(headers.clearLength(intra().se(87).ue(0).se(6).se(-6).nal(Codec.H264, 1)))
                .isPositive();
        Bits header = predicted()
                .flags("1")
                .ue(31)
                .flags("1")
                .ue(3)
                .ue(7)
                .ue(0)
                .flags("00".repeat(32))
                .ue(2)
                .se(0)
                .ue(1);
        assertThat(headers.clearLength(header.nal(Codec.H264, 1))).isPositive();
    }

    @Test
    void markingWithoutEndIsRefused() {
        Bits header = predicted().flags("00").ue(0).ue(0).flags("00").flags("1");
        for (int i = 0; i < 100; i++) {
            header.ue(5);
        }
        assertThatThrownBy(() -> headers.clearLength(header.nal(Codec.H264, 0x41)))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("memory management");
        assertThatThrownBy(() -> headers.clearLength(predicted()
                        .flags("00")
                        .ue(0)
                        .ue(0)
                        .flags("00")
                        .flags("1")
                        .ue(7)
                        .nal(Codec.H264, 0x41)))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("memory_management");
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4, 19, 20, 21, 0, 24, 31})
    void otherKindsOfSlicesAreRefusedByName(int type) {
        NalUnit nal = intra().se(0).ue(1).nal(Codec.H264, 0x60 | type);
        assertThatThrownBy(() -> headers.clearLength(nal))
                .isInstanceOf(UnsupportedException.class)
                .hasMessageContaining("type " + type);
    }

    @Test
    void nalHeadersAgainstTheRulesAreRefused() {
        assertThatThrownBy(() -> headers.clearLength(intra().se(0).ue(1).nal(Codec.H264, 0x81)))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("forbidden_zero_bit");
        assertThatThrownBy(
                        () -> headers.clearLength(new Bits().ue(0).ue(7).ue(0).nal(Codec.H264, 0x05)))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("IDR");
        assertThatThrownBy(
                        () -> headers.clearLength(new Bits().ue(0).ue(5).ue(0).nal(Codec.H264, 0x65)))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("IDR");
    }

    @Test
    void aStartCodeInsideOfAHeaderIsRefused() throws Exception {
        Sets.SpsBits sps = new Sets.SpsBits();
        sps.frameNumBits = 16;
        sps.order = new Bits().ue(0).ue(12);
        headers.accept(sps.nal());
        // b8: first_mb 0, type 2, PPS 0, then frame_num and low bits of zeros.
        byte[] good = {1, (byte) 0xb8, 0, 0, 3, 0, 7, (byte) 0xff, (byte) 0xff};
        assertThat(headers.clearLength(NalUnit.of(Codec.H264, good))).isPositive();
        for (byte third : new byte[] {0, 1, 2}) {
            byte[] bad = {1, (byte) 0xb8, 0, 0, third, 0, 7, (byte) 0xff, (byte) 0xff};
            assertThatThrownBy(() -> headers.clearLength(NalUnit.of(Codec.H264, bad)))
                    .isInstanceOf(MalformedException.class)
                    .hasMessageContaining("emulation prevention");
        }
    }

    @Test
    void brokenParameterSetsAreRefusedAndTheKnownOnesStay() throws Exception {
        Sets.SpsBits sps = new Sets.SpsBits();
        sps.profile = 100;
        sps.chromaFormat = 4;
        assertThatThrownBy(() -> headers.accept(sps.nal())).isInstanceOf(MalformedException.class);
        Sets.PpsBits pps = new Sets.PpsBits();
        pps.numRefIdxL0 = 33;
        assertThatThrownBy(() -> headers.accept(pps.nal())).isInstanceOf(MalformedException.class);
        assertThatThrownBy(() -> headers.accept(NalUnit.of(Codec.H264, new byte[] {0x67, 77, 0})))
                .isInstanceOf(MediaException.class);
        assertThat(headers.clearLength(intra().se(0).ue(1).nal(Codec.H264, 1))).isPositive();
    }

    @Test
    void aUnitOfTheOtherCodecIsABug() {
        NalUnit h265 = NalUnit.of(Codec.H265, new byte[] {0x26, 1, 0});
        assertThatThrownBy(() -> headers.accept(h265)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> headers.clearLength(h265)).isInstanceOf(IllegalArgumentException.class);
    }
}
