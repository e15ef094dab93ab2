package org.camseal.signing.validation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import org.camseal.media.Codec;
import org.camseal.media.NalUnit;
import org.camseal.signing.SignedClips;
import org.camseal.signing.SignerSettings.Detail;
import org.camseal.signing.TestKeys;
import org.camseal.signing.hashing.NalClass;
import org.camseal.signing.wire.SeiReading;
import org.camseal.signing.wire.SignatureField;
import org.camseal.signing.wire.SigningSei;
import org.camseal.signing.wire.SigningSeiReader;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One flipped bit anywhere in a signed clip changes the verdict, or stands where docs/spec/media-signing.md, 8.4, says that nothing covers it. */
class FlippedBitsTest {
    /** For each codec and way of signing; more with {@code -Dcamseal.flips=N}. */
    private static final int FLIPS = Integer.getInteger("camseal.flips", 40);

    private static final String CLEAN = "authentic COMPLETE";

    @ParameterizedTest
    @EnumSource(SignedClips.Grouping.class)
    void isFoundOrNotCovered(SignedClips.Grouping grouping) throws Exception {
        for (Codec codec : List.of(Codec.H264, Codec.H265)) {
            for (Detail detail : Detail.values()) {
                List<NalUnit> signed =
                        SignedClips.sign(codec, SignedClips.settings(detail, grouping), TestKeys.ec256());
                assertThat(Judged.of(signed).worst()).as("positive control").isEqualTo(CLEAN);
                flip(signed, new Random(grouping.name().length()), codec + " " + detail);
            }
        }
    }

    private static void flip(List<NalUnit> signed, Random random, String mode) {
        EnumSet<NalClass> hit = EnumSet.noneOf(NalClass.class);
        int found = 0;
        for (int i = 0; i < FLIPS; i++) {
            int unit = random.nextInt(signed.size());
            NalUnit nal = signed.get(unit);
            int at = random.nextInt(nal.length());
            int bit = random.nextInt(8);
            byte[] bytes = nal.bytes().clone();
            bytes[at] ^= (byte) (1 << bit);
            List<NalUnit> flipped = new ArrayList<>(signed);
            flipped.set(unit, NalUnit.of(nal.codec(), bytes));

            String verdict = Judged.of(flipped).worst();

            hit.add(NalClass.of(nal));
            found += verdict.equals(CLEAN) ? 0 : 1;
            if (isCovered(nal, at)) {
                assertThat(verdict)
                        .as("%s: bit %d of byte %d of unit %d, %s", mode, bit, at, unit, nal)
                        .isNotEqualTo(CLEAN);
            }
        }
        assertThat(hit).contains(NalClass.SEI, NalClass.PARAMETER_SET, NalClass.GROUP_START, NalClass.PICTURE_START);
        assertThat(found).isGreaterThan(FLIPS / 2);
    }

    private static boolean isCovered(NalUnit nal, int at) {
        NalClass nalClass = NalClass.of(nal);
        return switch (nalClass) {
            case GROUP_START, KEY_SLICE, PICTURE_START, SLICE, PARAMETER_SET -> true;
            case UNHASHED_SLICE, DELIMITER, OTHER -> false;
            case SEI ->
                SigningSeiReader.read(nal) instanceof SeiReading.Sei(SigningSei sei)
                        && at < nal.length() - uncoveredAtEnd(sei);
        };
    }

    /** Of a signed SEI the filling behind the signature, and the byte with the stop bit. */
    private static int uncoveredAtEnd(SigningSei sei) {
        return sei.signature().map(field -> 1 + filling(field)).orElse(0);
    }

    private static int filling(SignatureField field) {
        return field.fieldSize() - field.bytes().length;
    }
}
