package org.camseal.signing.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.camseal.media.Codec;
import org.camseal.media.NalUnit;
import org.camseal.media.Sei;
import org.junit.jupiter.api.Test;

/** Every way to break the format has its name, and nothing breaks the reader. */
class SeiFlawTest {
    private static final String GENERAL = "02190c0000" + "01dc7ab8c5b5c000" + "01dc7ab8c6e6ed00" + "00000001" + "0001"
            + "11".repeat(32) + "22".repeat(32);

    private static String tag(int code, String value) {
        return String.format("%02x%04x%s", code, value.length() / 2, value);
    }

    private static SeiReading read(String reserved, String... tags) {
        byte[] behindUuid = HexFormat.of().parseHex(reserved + String.join("", tags));
        return SigningSeiReader.read(Seis.raw(Codec.H264, behindUuid));
    }

    private static void assertFlaw(SeiFlaw flaw, String reserved, String... tags) {
        assertThat(read(reserved, tags))
                .isInstanceOfSatisfying(
                        SeiReading.Malformed.class,
                        malformed -> assertThat(malformed.flaw())
                                .as(malformed.detail())
                                .isEqualTo(flaw));
    }

    @Test
    void eachFlawHasItsName() {
        String general = tag(1, GENERAL);
        String crypto = tag(4, "01" + "0b0609608648016503040201" + "00" + "0000");
        String vendor = tag(5, "01" + "0131" + "0132" + "0133");
        String certificate = tag(6, "0100" + "2d");
        String signature = tag(3, "01" + "0002" + "abcd");
        assertThat(read("40", crypto.replace("0b06", "0b06"), vendor, certificate, general, signature))
                .as("positive control")
                .isInstanceOf(SeiReading.Sei.class);
        assertThat(read("c0", crypto, vendor, certificate, signature)).isInstanceOf(SeiReading.Sei.class);
        assertFlaw(SeiFlaw.RESERVED_BIT, "41", general, signature);
        assertFlaw(SeiFlaw.TOO_SHORT, "");
        assertFlaw(SeiFlaw.MISSING_TAG, "40");
        assertFlaw(SeiFlaw.MISSING_TAG, "40", vendor);
        assertFlaw(SeiFlaw.MISSING_TAG, "c0", vendor, certificate, signature);
        assertFlaw(SeiFlaw.MISSING_TAG, "c0", crypto, certificate);
        assertFlaw(SeiFlaw.MISPLACED_TAG, "c0", general, crypto, certificate, signature);
        assertFlaw(SeiFlaw.MISPLACED_TAG, "40", general, tag(7, "01aa"));
        assertFlaw(SeiFlaw.UNKNOWN_TAG, "40", general, tag(8, "01"));
        assertFlaw(SeiFlaw.UNKNOWN_TAG, "40", general, tag(0x80, "01"));
        assertFlaw(SeiFlaw.TAG_TWICE, "40", general, general);
        assertFlaw(SeiFlaw.TAG_TWICE, "40", general, certificate, certificate);
        assertFlaw(SeiFlaw.TAG_BEYOND_PAYLOAD, "40", general, "04ffff01");
        assertFlaw(SeiFlaw.TAG_BEYOND_PAYLOAD, "40", general, "04");
        assertFlaw(SeiFlaw.TAG_BEHIND_SIGNATURE, "40", general, signature, vendor);
        assertFlaw(SeiFlaw.TAG_VERSION, "40", tag(1, "03" + GENERAL.substring(2)));
        assertFlaw(SeiFlaw.TAG_VERSION, "40", general, tag(5, "02" + "010101"));
        assertFlaw(SeiFlaw.TAG_LENGTH, "40", tag(1, GENERAL + "33"));
        assertFlaw(SeiFlaw.TAG_LENGTH, "40", tag(1, GENERAL.substring(0, 60)));
        assertFlaw(SeiFlaw.TAG_LENGTH, "40", general, tag(5, "01" + "0131" + "0132" + "0233"));
        assertFlaw(SeiFlaw.TAG_LENGTH, "40", general, tag(5, "01" + "0131" + "0132" + "0133" + "34"));
        assertFlaw(SeiFlaw.TAG_LENGTH, "40", general, tag(4, ""));
        assertFlaw(SeiFlaw.HASH_SIZE, "40", general, tag(2, "01" + "44".repeat(33)));
        assertFlaw(SeiFlaw.HASH_SIZE, "40", general, crypto.replace("0402010", "0402020"));
        assertFlaw(SeiFlaw.UNKNOWN_HASH_ALGORITHM, "40", general, crypto.replace("0402010", "0402040"));
        assertFlaw(SeiFlaw.SIGNATURE_SIZE, "40", general, tag(3, "01" + "0003" + "abcd"));
        assertFlaw(SeiFlaw.SIGNATURE_SIZE, "40", general, tag(3, "01" + "0000" + "abcd"));
    }

    @Test
    void theCarrierHasFlawsToo() {
        SeiContent content = Seis.content(HashAlgorithm.SHA_256, 3, new Random(1));
        byte[] good = SigningSeiWriter.unsigned(Codec.H265, content).bytes();
        byte[] suffix = good.clone();
        suffix[0] = 40 << 1;
        assertFlaw(SeiFlaw.SUFFIX_CARRIER, suffix);
        ByteArrayOutputStream two = new ByteArrayOutputStream();
        two.write(good, 0, good.length - 1);
        two.writeBytes(new byte[] {4, 1, (byte) 0xb5, (byte) 0x80});
        assertFlaw(SeiFlaw.SEVERAL_MESSAGES, two.toByteArray());
        assertFlaw(SeiFlaw.SIZE_BEYOND_UNIT, Arrays.copyOf(good, good.length - 20));
        byte[] large = Sei.userDataUnregistered(
                        Codec.H265, SigningSei.SEI_UUID, new byte[SigningSeiReader.MAX_NAL_BYTES])
                .bytes();
        assertFlaw(SeiFlaw.TOO_LARGE, large);
    }

    private static void assertFlaw(SeiFlaw flaw, byte[] nal) {
        assertThat(SigningSeiReader.read(NalUnit.of(Codec.H265, nal)))
                .isInstanceOfSatisfying(
                        SeiReading.Malformed.class,
                        malformed -> assertThat(malformed.flaw())
                                .as(malformed.detail())
                                .isEqualTo(flaw));
    }

    @Test
    void arbitraryDataAloneIsRead() {
        SeiReading reading = read("40", tag(7, "01aabb"));
        assertThat(reading)
                .isInstanceOfSatisfying(
                        SeiReading.Sei.class,
                        read -> assertThat(read.sei().content().arbitraryData())
                                .isEqualTo(Optional.of(ArbitraryData.of(new byte[] {(byte) 0xaa, (byte) 0xbb}))));
    }

    /** Cut at each length, each bit changed, random bytes put in: an answer every time, and what is read can be asked for all it says. */
    @Test
    void anyBytesAreAnswered() throws Exception {
        Random random = new Random(12);
        for (Codec codec : List.of(Codec.H264, Codec.H265)) {
            SeiContent content = Seis.content(HashAlgorithm.SHA_256, 4, random);
            byte[] good = SigningSeiWriter.draft(codec, false, content, 72)
                    .complete(new byte[] {1, 2, 3})
                    .bytes();
            for (int length = NalUnit.headerLength(codec); length < good.length; length++) {
                ask(codec, Arrays.copyOf(good, length));
            }
            for (int bit = 8 * NalUnit.headerLength(codec); bit < 8 * good.length; bit++) {
                byte[] bad = good.clone();
                bad[bit / 8] ^= (byte) (1 << (bit % 8));
                ask(codec, bad);
            }
            for (int i = 0; i < 20_000; i++) {
                byte[] bad = good.clone();
                for (int changes = 1 + random.nextInt(8); changes > 0; changes--) {
                    int at = NalUnit.headerLength(codec) + random.nextInt(bad.length - 2);
                    bad[at] = (byte) (random.nextBoolean() ? random.nextInt(4) : random.nextInt());
                }
                ask(codec, bad);
            }
        }
    }

    private static void ask(Codec codec, byte[] bytes) {
        Reread.read(bytes);
        SeiReading reading = SigningSeiReader.read(NalUnit.of(codec, bytes));
        if (reading instanceof SeiReading.Sei(SigningSei sei)) {
            assertThat(sei.toString()).isNotEmpty();
            sei.content()
                    .general()
                    .ifPresent(general -> assertThat(general.start().toString()).isNotEmpty());
        }
    }
}
