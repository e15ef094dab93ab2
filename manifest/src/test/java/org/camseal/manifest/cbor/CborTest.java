package org.camseal.manifest.cbor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CborTest {
    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text.replace(" ", ""));
    }

    /** RFC 8949 appendix A, as far as the types are used here. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "00",
                "01",
                "0a",
                "17",
                "1818",
                "1819",
                "1864",
                "1903e8",
                "1a000f4240",
                "1b000000e8d4a51000",
                "20",
                "29",
                "3863",
                "3903e7",
                "40",
                "4401020304",
                "60",
                "6161",
                "6449455446",
                "62225c",
                "62c3bc",
                "63e6b0b4",
                "64f0908591",
                "80",
                "83010203",
                "8301820203820405",
                "98190102030405060708090a0b0c0d0e0f101112131415161718181819",
                "a0",
                "a201020304",
                "c11a514b67b0",
                "d74401020304",
                "d818456449455446",
                "1b7fffffffffffffff",
                "3b7fffffffffffffff",
                "a3000120012101"
            })
    void examplesOfTheStandardAreReadAndWrittenBack(String example) throws CborException {
        assertThat(CborEncoder.encode(CborDecoder.decode(hex(example)))).isEqualTo(hex(example));
    }

    @Test
    void valuesAreWhatTheyLookLike() throws CborException {
        assertThat(CborDecoder.decode(hex("a2016161 2082 03 4100")))
                .isEqualTo(new CborValue.Mapping(new TreeMap<>(Map.of(
                        1L,
                        new CborValue.Text("a"),
                        -1L,
                        CborValue.Array.of(new CborValue.Int(3), CborValue.Bytes.of(new byte[1]))))));
    }

    @ParameterizedTest
    @CsvSource({
        "'', 1 bytes",
        "1800, shortest",
        "1817, shortest",
        "190017, shortest",
        "1900ff, shortest",
        "1a0000ffff, shortest",
        "1b00000000ffffffff, shortest",
        "5800, shortest",
        "9800, shortest",
        "1bffffffffffffffff, 2^63",
        "3bffffffffffffffff, 2^63",
        "1c, indefinite or reserved",
        "5f4100ff, indefinite",
        "9f01ff, indefinite",
        "bf0101ff, indefinite",
        "7f6161ff, indefinite",
        "ff, indefinite",
        "f4, simple",
        "f6, simple",
        "f93c00, simple",
        "0000, behind the item",
        "a201010202 00, behind the item",
        "a201010101, not greater",
        "a202010101, not greater",
        "a220010101, not greater",
        "a161610 1, not an integer",
        "61ff, not UTF-8",
        "62c0af, not UTF-8",
        "42 00, 2 bytes",
        "5affffffff, bytes",
        "5b7fffffffffffffff, bytes",
        "9b7fffffffffffffff, bytes",
        "bb7fffffffffffffff, bytes",
        "82 01, bytes",
        "18, bytes",
        "818181818181818181, levels"
    })
    void whatIsNotDeterministicIsRefused(String example, String why) {
        assertThatThrownBy(() -> CborDecoder.decode(hex(example)))
                .isInstanceOf(CborException.class)
                .hasMessageContaining(why);
    }

    @Test
    void depthAndNumberOfItemsAreBounded() throws CborException {
        assertThat(CborDecoder.decode(hex("8181818181818100"))).isInstanceOf(CborValue.Array.class);
        byte[] many = new byte[3 + CborDecoder.MAX_ITEMS];
        many[0] = (byte) 0x99;
        many[1] = (byte) (CborDecoder.MAX_ITEMS >> 8);
        many[2] = (byte) CborDecoder.MAX_ITEMS;
        assertThatThrownBy(() -> CborDecoder.decode(many)).hasMessageContaining("items");
    }

    @Test
    void everyPrefixIsRefused() throws CborException {
        byte[] whole = hex("a4 01 6161 02 83 01 02 03 03 1903e8 20 d2 44 01020304");
        CborDecoder.decode(whole);
        for (int length = 0; length < whole.length; length++) {
            byte[] prefix = java.util.Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> CborDecoder.decode(prefix)).isInstanceOf(CborException.class);
        }
    }

    /** Whatever is accepted is the one encoding of what was read. */
    static void fuzz(byte[] input) {
        try {
            CborValue value = CborDecoder.decode(input);
            assertThat(CborEncoder.encode(value)).isEqualTo(input);
        } catch (CborException refused) {
            assertThat(refused.getMessage()).isNotEmpty();
        }
    }

    @Test
    void fuzzed() {
        Random random = new Random(8949);
        List<byte[]> seeds = List.of(
                hex("a4016161028301020303 1903e820d24401020304"),
                hex("d28443a10126a0444142434458020102"),
                hex("1b000000e8d4a51000"));
        for (int i = 0; i < 30_000; i++) {
            byte[] input = seeds.get(random.nextInt(seeds.size())).clone();
            for (int flips = random.nextInt(4); flips >= 0; flips--) {
                input[random.nextInt(input.length)] ^= (byte) (1 << random.nextInt(8));
            }
            fuzz(random.nextBoolean() ? input : java.util.Arrays.copyOf(input, random.nextInt(input.length)));
        }
    }
}
