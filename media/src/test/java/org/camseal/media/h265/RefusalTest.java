package org.camseal.media.h265;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;
import org.camseal.media.Bits;
import org.camseal.media.Codec;
import org.camseal.media.MalformedException;
import org.camseal.media.MediaException;
import org.camseal.media.NalUnit;
import org.camseal.media.PictureOrder;
import org.camseal.media.UnsupportedException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What cannot be read exactly is refused, and the message names it; and the picture order of what is read. */
class RefusalTest {
    private final H265Headers headers = new H265Headers();

    @BeforeEach
    void parameterSets() throws MediaException {
        Sets.SpsBits sps = new Sets.SpsBits();
        sps.shortTermSets = new Bits()
                .ue(3)
                .ue(1)
                .ue(0)
                .ue(0)
                .flags("1")
                .flags("0")
                .ue(0)
                .ue(0)
                .flags("0")
                .ue(0)
                .ue(0);
        sps.longTerm = new Bits()
                .flags("1")
                .ue(3)
                .u(8, 0)
                .flags("1")
                .u(8, 0)
                .flags("1")
                .u(8, 0)
                .flags("1");
        sps.temporalMvp = true;
        Sets.PpsBits pps = new Sets.PpsBits();
        pps.weightedPred = true;
        pps.tilesAndWavefronts = new Bits().flags("01");
        pps.headerExtension = true;
        headers.accept(sps.nal());
        headers.accept(pps.nal());
    }

    private static Bits trail(int sliceType) {
        return new Bits().flags("1").ue(0).ue(sliceType).u(8, 1);
    }

    /** Up to the number of references: the only SPS set, no long-term pictures, temporal vectors off. */
    private static Bits predicted() {
        return trail(1).flags("1").u(2, 0).ue(0).ue(0).flags("0");
    }

    static Stream<Arguments> broken() {
        return Stream.of(
                Arguments.of("slice_pic_parameter_set_id", new Bits().flags("1").ue(64)),
                Arguments.of("PPS 5 has not been seen", new Bits().flags("1").ue(5)),
                Arguments.of(
                        "slice_segment_address", new Bits().flags("0").ue(0).u(9, 390)),
                Arguments.of(
                        "slice_segment_address", new Bits().flags("0").ue(0).u(9, 0)),
                Arguments.of("slice_type", new Bits().flags("1").ue(0).ue(3)),
                Arguments.of("short_term_ref_pic_set_idx", trail(1).flags("1").u(2, 3)),
                Arguments.of("delta_idx_minus1", trail(1).flags("0").flags("1").ue(3)),
                Arguments.of("num_negative_pics", trail(1).flags("0").flags("0").ue(17)),
                Arguments.of(
                        "num_positive_pics",
                        trail(1).flags("0").flags("0").ue(16).ue(1)),
                Arguments.of("num_long_term_sps", trail(1).flags("1").u(2, 0).ue(17)),
                Arguments.of(
                        "num_long_term_pics", trail(1).flags("1").u(2, 0).ue(1).ue(16)),
                Arguments.of(
                        "lt_idx_sps", trail(1).flags("1").u(2, 0).ue(1).ue(0).u(2, 3)),
                Arguments.of(
                        "num_ref_idx_l0_active_minus1", predicted().flags("1").ue(15)),
                Arguments.of("luma_log2_weight_denom", predicted().flags("0").ue(8)),
                Arguments.of(
                        "delta_chroma_log2_weight_denom",
                        predicted().flags("0").ue(0).se(8)),
                Arguments.of(
                        "five_minus_max_num_merge_cand",
                        predicted().flags("0").ue(0).se(0).flags("00").ue(5)),
                Arguments.of(
                        "slice_qp_delta",
                        predicted().flags("0").ue(0).se(0).flags("00").ue(0).se(100)),
                Arguments.of("num_entry_point_offsets", intra().ue(391)),
                Arguments.of("offset_len_minus1", intra().ue(1).ue(32)),
                Arguments.of(
                        "slice_segment_header_extension_length", intra().ue(0).ue(257)),
                Arguments.of("byte_alignment", intra().ue(0).ue(0).flags("01")));
    }

    private static Bits intra() {
        return trail(2).flags("1").u(2, 0).ue(0).ue(0).flags("0").se(0);
    }

    @ParameterizedTest
    @MethodSource
    void broken(String named, Bits header) {
        NalUnit nal = header.add(new Bits().flags("1".repeat(64))).nal(Codec.H265, 2, 1);
        assertThatThrownBy(() -> headers.clearLength(nal))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining(named);
    }

    @Test
    void theSameHeadersInRangePass() throws Exception {
        assertThat(headers.clearLength(intra().ue(0).ue(0).stop().nal(Codec.H265, 2, 1)))
                .isPositive();
        Bits header = predicted()
                .flags("1")
                .ue(14)
                .ue(7)
                .se(7)
                .flags("0".repeat(30))
                .ue(4)
                .se(99)
                .ue(0)
                .ue(0)
                .stop();
        assertThat(headers.clearLength(header.nal(Codec.H265, 2, 1))).isPositive();
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 15, 22, 23, 24, 31, 33, 39, 48, 63})
    void otherKindsOfUnitsAreRefusedByName(int type) {
        NalUnit nal = intra().ue(0).ue(0).stop().nal(Codec.H265, type << 1, 1);
        assertThatThrownBy(() -> headers.clearLength(nal))
                .isInstanceOf(UnsupportedException.class)
                .hasMessageContaining("type " + type);
    }

    @Test
    void layersAboveTheBaseAreRefusedAndTheirSetsPassedOver() throws Exception {
        NalUnit layer1 = intra().ue(0).ue(0).stop().nal(Codec.H265, 2, 9);
        assertThatThrownBy(() -> headers.clearLength(layer1))
                .isInstanceOf(UnsupportedException.class)
                .hasMessageContaining("layer 1");
        headers.accept(NalUnit.of(Codec.H265, new byte[] {0x42, 0x09, 0}));
        NalUnit layer32 = intra().ue(0).ue(0).stop().nal(Codec.H265, 3, 1);
        assertThatThrownBy(() -> headers.clearLength(layer32)).isInstanceOf(UnsupportedException.class);
    }

    @Test
    void nalHeadersAgainstTheRulesAreRefused() {
        assertThatThrownBy(() -> headers.clearLength(intra().nal(Codec.H265, 0x82, 1)))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("forbidden_zero_bit");
        assertThatThrownBy(() -> headers.clearLength(intra().nal(Codec.H265, 2, 0)))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("nuh_temporal_id_plus1");
        assertThatThrownBy(() ->
                        headers.clearLength(new Bits().flags("10").ue(0).ue(1).nal(Codec.H265, 38, 1)))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("random access");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0100 0000", "0010 0000", "0001 0000", "0000 0001", "1001 0000"})
    void extensionsThatCouldChangeTheHeaderAreRefused(String flags) {
        Sets.SpsBits sps = new Sets.SpsBits();
        sps.extension = new Bits().flags("1").flags(flags);
        assertThatThrownBy(() -> headers.accept(sps.nal())).isInstanceOf(UnsupportedException.class);
        Sets.PpsBits pps = new Sets.PpsBits();
        pps.extension = new Bits().flags("1").flags(flags);
        assertThatThrownBy(() -> headers.accept(pps.nal())).isInstanceOf(UnsupportedException.class);
    }

    @Test
    void theFirstSegmentSaysSoItself() throws Exception {
        assertThat(headers.startsPicture(intra().nal(Codec.H265, 2, 1))).isTrue();
        assertThat(headers.startsPicture(new Bits().flags("0").nal(Codec.H265, 2, 1)))
                .isFalse();
    }

    @Test
    void orderCountsFromTheLastPictureOfTheLowestLayer() throws Exception {
        assertThat(order(21, 100, 1)).as("CRA at the start").isEqualTo(new PictureOrder(true, 100, false, 2));
        assertThat(order(9, 98, 1).count()).as("RASL: not counted from").isEqualTo(98);
        assertThat(order(1, 200, 1).count()).isEqualTo(200);
        assertThat(order(1, 60, 2).count()).as("higher layer, wraps").isEqualTo(256 + 60);
        assertThat(order(0, 40, 1).count()).as("not for reference, wraps").isEqualTo(256 + 40);
        assertThat(order(1, 220, 1).count()).isEqualTo(220);
        assertThat(order(1, 20, 1).count()).isEqualTo(256 + 20);
        assertThat(order(21, 30, 1)).as("CRA on the way").isEqualTo(new PictureOrder(false, 256 + 30, false, 2));
        headers.accept(NalUnit.of(Codec.H265, new byte[] {36 << 1, 1}));
        assertThat(order(21, 30, 1))
                .as("CRA behind an end of sequence")
                .isEqualTo(new PictureOrder(true, 30, false, 2));
    }

    private PictureOrder order(int nalType, int lsb, int temporalIdPlus1) throws MediaException {
        Bits bits = new Bits()
                .flags(nalType >= 16 ? "10" : "1")
                .ue(0)
                .ue(2)
                .u(8, lsb)
                .flags("1")
                .u(2, 0)
                .ue(0)
                .ue(0);
        bits.flags("0").se(0).ue(0).ue(0).stop();
        return headers.pictureOrder(bits.nal(Codec.H265, nalType << 1, temporalIdPlus1));
    }
}
