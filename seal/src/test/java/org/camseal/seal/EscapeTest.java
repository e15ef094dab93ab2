package org.camseal.seal;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.camseal.manifest.EpochId;
import org.camseal.manifest.PackageTrailer;
import org.camseal.manifest.RunId;
import org.camseal.manifest.StreamId;
import org.camseal.manifest.Suite;
import org.camseal.media.Codec;
import org.camseal.media.EmulationPrevention;
import org.camseal.media.NalUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Emulation prevention where clear part, payload and ciphertext meet. */
class EscapeTest {
    private final SecureRandom random = new DeterministicRandom("escape");
    private final EpochKey key =
            EpochKey.generate(new StreamId("CAM-0001", "main"), new EpochId(RunId.of(new byte[8]), 1), random);

    private final NalUnitOpener opener = new NalUnitOpener();

    @ParameterizedTest
    @CsvSource({
        "6588, 804000", // payload ends in a zero byte
        "6588, 80000003", // ends in cabac_zero_words
        "6588, 800000030000030000", // more of them, cut off
        "6588, 00000300000301", // nothing but prevention
        "650000, 0301ff", // the clear part's zeros call for the payload's prevention byte
        "650000, 80", // or do not, yet the ciphertext may
        "65000003, 00000301ff", // the clear part ends in a prevention byte
        "6500, 000001", // a start code across the cut, which no encoder writes
        "65, 88"
    })
    void whatStoodAroundTheCutComesBack(String clear, String payload) throws Exception {
        byte[] raw = Hex.bytes(clear + payload);
        int clearLength = clear.length() / 2;
        PackageCipher opening = new PackageCipher(key, 1, random);
        NalUnitSealer sealer = new NalUnitSealer(new PackageCipher(key, 1, random), Suite.AES_256_GCM);
        for (int round = 0; round < 1_000; round++) {
            check(raw, clearLength, sealer, opening);
        }
    }

    /** Random units with many zeros, cut anywhere. */
    @Test
    void anyUnitCutAnywhereComesBack() throws Exception {
        Random dice = new Random(3);
        PackageCipher opening = new PackageCipher(key, 1, random);
        NalUnitSealer sealer = new NalUnitSealer(new PackageCipher(key, 1, random), Suite.CHACHA20_POLY1305);
        for (int round = 0; round < 20_000; round++) {
            byte[] rbsp = new byte[3 + dice.nextInt(40)];
            for (int i = 0; i < rbsp.length; i++) {
                rbsp[i] = (byte) (dice.nextInt(3) == 0 ? dice.nextInt(256) : dice.nextInt(4));
            }
            rbsp[0] = 0x65;
            byte[] raw = EmulationPrevention.escape(rbsp);
            check(raw, 1 + dice.nextInt(raw.length - 1), sealer, opening);
        }
    }

    /** Ciphertext that happens to be full of zeros: put in by hand, as chance gives it once in 2^24 bytes. */
    @Test
    void ciphertextOfZerosGetsPreventionBytes() {
        for (String clear : new String[] {"6588", "658800", "65880000", "6588000003"}) {
            byte[] clearBytes = Hex.bytes(clear);
            for (byte value = 0; value < 5; value++) {
                byte[] sealed = Arrays.copyOf(clearBytes, clearBytes.length + 100);
                Arrays.fill(sealed, clearBytes.length + 50, sealed.length, value);
                sealed[sealed.length - 1] = 1;
                byte[] escaped = NalUnitSealer.escaped(sealed, clearBytes.length, sealed.length);
                assertNoStartCode(escaped);
                byte[] back = new byte[escaped.length];
                int end = EmulationPrevention.unescape(escaped, clearBytes.length, escaped.length, back, 0);
                assertThat(Arrays.copyOf(back, end))
                        .isEqualTo(Arrays.copyOfRange(sealed, clearBytes.length, sealed.length));
            }
        }
    }

    private void check(byte[] raw, int clearLength, NalUnitSealer sealer, PackageCipher opening) throws Exception {
        NalUnit nal = NalUnit.of(Codec.H264, raw);
        NalUnit sealed = sealer.slice(nal, clearLength);
        assertThat(Arrays.copyOf(sealed.bytes(), clearLength)).isEqualTo(Arrays.copyOf(raw, clearLength));
        assertNoStartCodeFrom(sealed.bytes(), clearLength);
        assertThat(sealed.bytes()[sealed.length() - 1]).isNotZero();
        assertThat(PackageTrailer.ofSlice(sealed).suite()).isNotNull();
        assertThat(opener.slice(opening, sealed, clearLength)).isEqualTo(Optional.of(nal));
    }

    private static void assertNoStartCode(byte[] raw) {
        assertNoStartCodeFrom(raw, 0);
    }

    /** ITU-T H.264 section 7.4.1: no 000000, 000001 or 000002 in a NAL unit; here whose last byte is behind the cut. */
    private static void assertNoStartCodeFrom(byte[] raw, int cut) {
        for (int i = Math.max(2, cut); i < raw.length; i++) {
            boolean zeros = raw[i - 2] == 0 && raw[i - 1] == 0;
            assertThat(zeros && (raw[i] & 0xff) < 3).isFalse();
        }
    }
}
