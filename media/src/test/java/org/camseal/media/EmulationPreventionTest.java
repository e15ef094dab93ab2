package org.camseal.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EmulationPreventionTest {
    @ParameterizedTest
    @CsvSource({
        "65 00 00 00 01,           65 00 00 03 00 01",
        "65 00 00 01,              65 00 00 03 01",
        "65 00 00 02 00 00 03,     65 00 00 03 02 00 00 03 03",
        "65 00 00 04,              65 00 00 04",
        "65 00 00 00 00 00 80,     65 00 00 03 00 00 03 00 80",
        "65 00 01 00 00 83,        65 00 01 00 00 83",
        "00 01 00 00 01 00 00 80,  00 01 00 00 03 01 00 00 80",
        "65,                       65",
    })
    void knownAnswers(String rbsp, String raw) {
        assertThat(EmulationPrevention.escape(bytes(rbsp))).isEqualTo(bytes(raw));
        assertThat(EmulationPrevention.unescape(bytes(raw))).isEqualTo(bytes(rbsp));
    }

    @Test
    void whatStandsBeforeInTheUnitCountsButNotWhatStandsBeforeTheUnit() {
        byte[] target = bytes("00 00 65 00 00 ff ff ff");
        int end = EmulationPrevention.escape(bytes("01"), 0, 1, target, 2, 5);
        assertThat(Arrays.copyOf(target, end)).isEqualTo(bytes("00 00 65 00 00 03 01"));
        byte[] startCode = bytes("00 00 00 ff ff ff");
        end = EmulationPrevention.escape(bytes("00 01"), 0, 2, startCode, 3, 3);
        assertThat(Arrays.copyOf(startCode, end)).isEqualTo(bytes("00 00 00 00 01"));
    }

    @Test
    void everyWayInPiecesIsTheWholeAtOnce() {
        Random random = new Random(1);
        for (int round = 0; round < 400; round++) {
            byte[] rbsp = zeroHeavy(random, 1 + random.nextInt(40));
            byte[] raw = slowEscape(rbsp);
            assertThat(EmulationPrevention.escape(rbsp)).isEqualTo(raw);
            for (int cut = 0; cut <= rbsp.length; cut++) {
                byte[] target = new byte[EmulationPrevention.maxEscapedLength(rbsp.length)];
                int end = EmulationPrevention.escape(rbsp, 0, cut, target, 0, 0);
                end = EmulationPrevention.escape(rbsp, cut, rbsp.length, target, 0, end);
                assertThat(Arrays.copyOf(target, end)).isEqualTo(raw);
            }
            for (int cut = 0; cut <= raw.length; cut++) {
                byte[] target = new byte[raw.length];
                int end = EmulationPrevention.unescape(raw, 0, cut, target, 0);
                end = EmulationPrevention.unescape(raw, cut, raw.length, target, end);
                assertThat(Arrays.copyOf(target, end)).isEqualTo(rbsp);
            }
        }
    }

    @Test
    void longRunsWithFewZerosAreAsTheSlowWay() {
        Random random = new Random(2);
        for (int length : new int[] {7, 8, 9, 63, 64, 65, 1000, 100_000}) {
            byte[] rbsp = new byte[length];
            random.nextBytes(rbsp);
            for (int i = 0; i < length / 50; i++) {
                Arrays.fill(rbsp, i * 50, Math.min(length, i * 50 + random.nextInt(6)), (byte) 0);
            }
            byte[] raw = slowEscape(rbsp);
            assertThat(EmulationPrevention.escape(rbsp)).isEqualTo(raw);
            assertThat(EmulationPrevention.unescape(raw)).isEqualTo(rbsp);
            int end = EmulationPrevention.unescape(raw, 0, raw.length, raw, 0);
            assertThat(Arrays.copyOf(raw, end)).as("in place").isEqualTo(rbsp);
        }
    }

    @Test
    void theWorstCaseIsNeverExceeded() {
        for (int length = 0; length < 20; length++) {
            byte[] target = new byte[2 + EmulationPrevention.maxEscapedLength(length)];
            int end = EmulationPrevention.escape(new byte[length], 0, length, target, 0, 2);
            assertThat(end).as("zeros behind two zeros").isEqualTo(target.length);
        }
    }

    @Test
    void rawPositionsPointAtTheSameBytes() {
        Random random = new Random(3);
        for (int round = 0; round < 200; round++) {
            byte[] rbsp = zeroHeavy(random, 1 + random.nextInt(30));
            byte[] raw = EmulationPrevention.escape(rbsp);
            int before = -1;
            for (int i = 0; i < rbsp.length; i++) {
                int at = EmulationPrevention.rawPosition(raw, i);
                assertThat(at).isGreaterThan(before);
                assertThat(raw[at]).isEqualTo(rbsp[i]);
                assertThat(EmulationPrevention.unescape(Arrays.copyOf(raw, at + 1)))
                        .isEqualTo(Arrays.copyOf(rbsp, i + 1));
                before = at;
            }
            assertThatThrownBy(() -> EmulationPrevention.rawPosition(raw, rbsp.length))
                    .isInstanceOf(IndexOutOfBoundsException.class);
        }
    }

    @Test
    void aTargetTooSmallIsABug() {
        assertThatThrownBy(() -> EmulationPrevention.escape(new byte[4], 0, 4, new byte[4], 0, 0))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }

    static byte[] zeroHeavy(Random random, int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) Math.max(0, random.nextInt(9) - 4);
        }
        return bytes;
    }

    /** The rule of H.264 section 7.3.1, byte by byte. */
    private static byte[] slowEscape(byte[] rbsp) {
        ByteArrayOutputStream raw = new ByteArrayOutputStream();
        int zeros = 0;
        for (byte b : rbsp) {
            if (zeros == 2 && b >= 0 && b <= 3) {
                raw.write(3);
                zeros = 0;
            }
            raw.write(b);
            zeros = b == 0 ? zeros + 1 : 0;
        }
        return raw.toByteArray();
    }

    private static byte[] bytes(String hex) {
        return HexFormat.ofDelimiter(" ").parseHex(hex.strip());
    }
}
