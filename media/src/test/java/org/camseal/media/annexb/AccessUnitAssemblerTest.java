package org.camseal.media.annexb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import org.camseal.media.Bits;
import org.camseal.media.Codec;
import org.camseal.media.MalformedException;
import org.camseal.media.MediaException;
import org.camseal.media.NalUnit;
import org.junit.jupiter.api.Test;

/** Streams in letters: S, P parameter sets, D delimiter, e SEI, E end of sequence, f filler, a to z slices of pictures. */
class AccessUnitAssemblerTest {
    /** Baseline, frame numbers of 4 bits, order counts of 6 bits. */
    private static final NalUnit SPS = new Bits()
            .u(24, 0x42001e)
            .ue(0)
            .ue(0)
            .ue(0)
            .ue(2)
            .ue(1)
            .flags("0")
            .ue(10)
            .ue(8)
            .flags("1100")
            .stop()
            .nal(Codec.H264, 0x67);

    private static final String PPS = "68ce3c80";

    @Test
    void h264UnitsBeginBeforeTheirPrefix() throws Exception {
        assertThat(units("SPiiaabbSPi")).isEqualTo("SPii aa bb SPi");
        assertThat(units("DSPeiDaaDebb")).isEqualTo("DSPei Daa Debb");
        assertThat(units("SPieaaefb"))
                .as("SEI begins a unit, filler belongs to the one before")
                .isEqualTo("SPi eaa efb");
        assertThat(units("SPifafb")).isEqualTo("SPif af b");
        assertThat(units("SPiEiEa"))
                .as("behind an end comes a new unit, even of the same picture numbers")
                .isEqualTo("SPiE iE a");
        assertThat(units("SPiSPeD")).as("a unit without a slice at the end").isEqualTo("SPi SPeD");
    }

    @Test
    void h265UnitsBeginBeforeTheirPrefix() throws Exception {
        assertThat(h265("VVenm")).isEqualTo("VVenm");
        assertThat(h265("VVennm")).isEqualTo("VVen nm");
        assertThat(h265("VVenmsfDenmmsnVVenE")).isEqualTo("VVenmsf Denmms n VVenE");
        assertThat(h265("nx1nEn")).as("other layers belong to the unit").isEqualTo("nx1 nE n");
    }

    @Test
    void nothingIsNoUnit() {
        assertThat(new AccessUnitAssembler(Codec.H264).finish()).isNull();
    }

    @Test
    void aSliceThatCannotBeReadIsRefusedAndNotTaken() throws Exception {
        AccessUnitAssembler assembler = new AccessUnitAssembler(Codec.H264);
        assertThatThrownBy(() -> assembler.add(slice('i'))).isInstanceOf(MalformedException.class);
        assertThat(assembler.finish()).isNull();
    }

    @Test
    void anAccessUnitWithoutEndIsRefused() throws Exception {
        AccessUnitAssembler assembler = new AccessUnitAssembler(Codec.H264);
        NalUnit filler = NalUnit.of(Codec.H264, new byte[1 << 20]);
        for (int i = 0; i < AccessUnitAssembler.MAX_UNIT_BYTES >> 20; i++) {
            assembler.add(filler);
        }
        assertThatThrownBy(() -> assembler.add(filler))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("access unit of more than");
    }

    private static String units(String letters) throws MediaException {
        return grouped(
                Codec.H264,
                letters.chars().mapToObj(AccessUnitAssemblerTest::h264Unit).toList(),
                letters);
    }

    private static NalUnit h264Unit(int letter) {
        return switch (letter) {
            case 'S' -> SPS;
            case 'P' -> hex(PPS);
            case 'D' -> hex("0910");
            case 'e' -> hex("06010080");
            case 'E' -> hex("0a");
            case 'f' -> hex("0cff80");
            default -> slice(letter);
        };
    }

    /** IDR for i, else a picture whose frame number is the letter's. */
    private static NalUnit slice(int letter) {
        Bits bits = new Bits().ue(0).ue(7).ue(0).u(4, letter % 16);
        boolean idr = letter == 'i';
        bits.flags(idr ? "1" : "").u(6, 0).flags(idr ? "00" : "0").se(0).ue(1).flags("1111");
        return bits.nal(Codec.H264, idr ? 0x65 : 0x41);
    }

    private static String h265(String letters) throws MediaException {
        return grouped(
                Codec.H265,
                letters.chars().mapToObj(AccessUnitAssemblerTest::h265Unit).toList(),
                letters);
    }

    /** n first slice segment, m further one, s suffix SEI, x and 1 a parameter set and a slice of another layer. */
    private static NalUnit h265Unit(int letter) {
        return switch (letter) {
            case 'V' -> unit(32, 1);
            case 'D' -> unit(35, 1);
            case 'e' -> unit(39, 1);
            case 's' -> unit(40, 1);
            case 'E' -> unit(36, 1);
            case 'f' -> unit(38, 1);
            case 'n' -> NalUnit.of(Codec.H265, new byte[] {2, 1, (byte) 0x80});
            case 'm' -> NalUnit.of(Codec.H265, new byte[] {2, 1, 0x40});
            case 'x' -> unit(33, 9);
            case '1' -> unit(1, 9);
            default -> unit(48, 1);
        };
    }

    private static NalUnit unit(int type, int secondByte) {
        return NalUnit.of(Codec.H265, new byte[] {(byte) (type << 1), (byte) secondByte, 0x50});
    }

    private static String grouped(Codec codec, List<NalUnit> nals, String letters) throws MediaException {
        AccessUnitAssembler assembler = new AccessUnitAssembler(codec);
        List<List<NalUnit>> units = new ArrayList<>();
        for (NalUnit nal : nals) {
            List<NalUnit> complete = assembler.add(nal);
            if (complete != null) {
                units.add(complete);
            }
        }
        List<NalUnit> rest = assembler.finish();
        if (rest != null) {
            units.add(rest);
        }
        int[] at = {0};
        return units.stream()
                .map(unit -> letters.substring(at[0], at[0] += unit.size()))
                .collect(Collectors.joining(" "));
    }

    private static NalUnit hex(String bytes) {
        return NalUnit.of(Codec.H264, HexFormat.of().parseHex(bytes));
    }
}
