package org.camseal.signing.validation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.camseal.media.Codec;
import org.camseal.media.NalUnit;
import org.camseal.signing.KeyKind;
import org.camseal.signing.SignerSettings;
import org.camseal.signing.SignerSettings.Detail;
import org.camseal.signing.SigningKey;
import org.camseal.signing.TestKeys;
import org.camseal.signing.wire.HashAlgorithm;
import org.camseal.signing.wire.VendorInfo;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What tamper-matrix.txt says of letters holds for pictures of real encoders: of several slices, reordered, of every size. */
class RealFootageTest {
    /** Script, as in tamper-matrix.txt; what is said with a hash list, and without. */
    private static final String ROWS = """
                        | authentic COMPLETE         | authentic COMPLETE
            -P2.5       | incomplete UNITS_LOST      | unsigned GROUP_NOT_WHOLE
            P2.5<>P2.6  | forged REORDERED           | forged GROUP_DIFFERS
            ~P2.5       | forged ALTERED             | forged GROUP_DIFFERS
            ~P4.9       | forged ALTERED             | forged GROUP_DIFFERS
            ~I2         | forged ALTERED             | forged GROUP_DIFFERS
            *P2.5       | forged INSERTED            | forged INSERTED
            *I3         | forged INSERTED            | forged INSERTED
            +P2.5       | forged DUPLICATED          | forged INSERTED
            P2.5>P3.5   | forged INSERTED            | forged GROUP_DIFFERS
            -S2         | unsigned SEI_LOST          | unsigned SEI_LOST
            ~S2         | forged BAD_SIGNATURE       | forged BAD_SIGNATURE
            S1>S2       | forged SEI_OUT_OF_ORDER    | forged SEI_OUT_OF_ORDER
            -I2         | incomplete UNITS_LOST      | unsigned GROUP_NOT_WHOLE
            -I2 -S2     | unsigned SEI_LOST          | unsigned SEI_LOST
            [P2.5       | incomplete CUT_AT_START    | unsigned HEAD_NOT_COVERED
            ~V1         | forged PARAMETER_SETS_DIFFER | forged PARAMETER_SETS_DIFFER
            -S1 -S2 -S3 -S4 | unsigned NOT_SIGNED    | unsigned NOT_SIGNED
            """;

    static Stream<Arguments> films() {
        return Stream.of(Footage.values())
                .flatMap(film -> Stream.of(Detail.values()).map(detail -> Arguments.of(film, detail)));
    }

    private static SignerSettings settings(Detail detail) {
        return SignerSettings.of(new VendorInfo("1.0", "CS-0042", "Test"))
                .with(detail)
                .with(new SignerSettings.Groups(500, Duration.ofSeconds(10), 1, 32_768));
    }

    private static List<NalUnit> signed(Footage film, Detail detail, SigningKey key) throws Exception {
        return film.signed(settings(detail), key);
    }

    private static String worst(List<NalUnit> nalUnits) {
        return Judged.of(nalUnits).worst();
    }

    @ParameterizedTest
    @MethodSource("films")
    void theMatrixOfLettersHolds(Footage film, Detail detail) throws Exception {
        List<NalUnit> signed = signed(film, detail, TestKeys.ec256());
        for (String row : ROWS.lines().toList()) {
            String[] cells = row.split("\\|", -1);
            String script = Footage.script(signed, cells[0].strip());
            String verdict = cells[detail == Detail.HASH_LIST ? 1 : 2].strip();

            assertThat(worst(Tampering.of(signed, script))).as(cells[0]).isEqualTo(verdict);
        }
    }

    @ParameterizedTest
    @MethodSource("films")
    void cutAtAKeyPictureItIsAuthentic(Footage film, Detail detail) throws Exception {
        List<NalUnit> signed = signed(film, detail, TestKeys.ec256());

        List<NalUnit> cut = signed.subList(Footage.start(signed, 3), signed.size());

        assertThat(worst(cut)).isEqualTo("authentic COMPLETE");
        List<NalUnit> altered = Tampering.of(cut, Footage.script(cut, "~P2.7"));
        assertThat(worst(altered)).startsWith("forged");
    }

    @ParameterizedTest
    @MethodSource("films")
    void twoCamerasCannotBeSpliced(Footage film, Detail detail) throws Exception {
        List<NalUnit> first = signed(film, detail, TestKeys.ec256());
        List<NalUnit> second = signed(film, detail, TestKeys.of(KeyKind.ECDSA_P384, HashAlgorithm.SHA_256));
        List<NalUnit> spliced = new ArrayList<>(first.subList(0, Footage.start(first, 3)));
        spliced.addAll(second.subList(Footage.start(second, 3), second.size()));

        assertThat(worst(spliced)).isEqualTo("forged KEY_CHANGED");
    }

    @ParameterizedTest
    @MethodSource("films")
    void anOldGroupCannotBePlayedAgain(Footage film, Detail detail) throws Exception {
        List<NalUnit> signed = signed(film, detail, TestKeys.ec256());
        List<NalUnit> replayed = new ArrayList<>(signed);
        replayed.addAll(Footage.start(signed, 4), signed.subList(Footage.start(signed, 2), Footage.start(signed, 3)));

        assertThat(worst(replayed)).startsWith("forged");
    }

    @ParameterizedTest
    @MethodSource("films")
    void picturesOfATypeThatNobodySignsAreSaid(Footage film, Detail detail) throws Exception {
        List<NalUnit> signed = new ArrayList<>(signed(film, detail, TestKeys.ec256()));
        int at = Footage.start(signed, 3) - 1;
        NalUnit picture = signed.get(at);
        byte[] bytes = picture.bytes().clone();
        bytes[0] = (byte) (picture.codec() == Codec.H265 ? 2 << 1 : 0x60 | 20);
        signed.add(at + 1, NalUnit.of(picture.codec(), bytes));

        assertThat(worst(signed)).isEqualTo("unsigned UNCOVERED_SLICE");
    }

    @ParameterizedTest
    @MethodSource("films")
    void aForgedTailIsOpenWhileShortAndUnsignedWhenLong(Footage film, Detail detail) throws Exception {
        List<NalUnit> signed = signed(film, detail, TestKeys.ec256());
        List<NalUnit> tail = new ArrayList<>();
        for (NalUnit nal : film.nalUnits().subList(0, Footage.start(film.nalUnits(), 2))) {
            tail.add(nal.isSlice() ? Tampering.altered(nal) : nal);
        }
        List<NalUnit> once = new ArrayList<>(signed);
        once.addAll(tail);
        List<NalUnit> often = new ArrayList<>(once);
        often.addAll(tail);

        assertThat(worst(once)).startsWith("authentic COMPLETE tail ");
        assertThat(worst(often)).isEqualTo("unsigned SIGNATURES_STOP");
    }
}
