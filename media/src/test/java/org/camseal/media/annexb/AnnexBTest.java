package org.camseal.media.annexb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.camseal.media.Codec;
import org.camseal.media.EmulationPrevention;
import org.camseal.media.MalformedException;
import org.camseal.media.MediaException;
import org.camseal.media.NalUnit;
import org.camseal.media.TruncatedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AnnexBTest {
    @ParameterizedTest
    @CsvSource({
        "00 00 01 67 42,                                     67 42",
        "00 00 00 01 67 42 00 00 01 68 00 00 00 01 65 80,    67 42|68|65 80",
        "00 00 00 00 00 01 67 42 00 00 00 00 01 68 00 00 00, 67 42|68",
        "00 00 01 67 01 00 01 00 00 03 01 80,                67 01 00 01 00 00 03 01 80",
        "00 00 01 67 00 00 03 00 00 01 68,                   67 00 00 03|68",
    })
    void splitsAtStartCodes(String stream, String units) throws Exception {
        assertThat(AnnexB.split(Codec.H264, bytes(stream)))
                .extracting(nal -> HexFormat.ofDelimiter(" ").formatHex(nal.bytes()))
                .containsExactly(units.split("\\|"));
    }

    @Test
    void nothingIsNoUnit() throws Exception {
        assertThat(AnnexB.split(Codec.H264, new byte[0])).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "00",
                "00 00 00",
                "01",
                "67 42",
                "00 01 67",
                "00 00 01",
                "00 00 01 00 00 01 67",
                "00 00 01 67 00 00 01"
            })
    void streamsWithoutUnitsBetweenStartCodesAreRefused(String stream) {
        assertThatThrownBy(() -> AnnexB.split(Codec.H264, bytes(stream))).isInstanceOf(MalformedException.class);
    }

    @Test
    void h265UnitsNeedTwoBytes() throws Exception {
        assertThatThrownBy(() -> AnnexB.split(Codec.H265, bytes("00 00 01 40"))).isInstanceOf(MalformedException.class);
        assertThat(AnnexB.split(Codec.H265, bytes("00 00 01 40 01"))).hasSize(1);
    }

    @Test
    void whatIsJoinedOrPrefixedSplitsToTheSame() throws Exception {
        Random random = new Random(4);
        for (int round = 0; round < 50; round++) {
            List<NalUnit> units = randomUnits(random);
            byte[] stream = AnnexB.join(units);
            assertThat(AnnexB.split(Codec.H265, stream)).isEqualTo(units);
            assertThat(AnnexB.join(AnnexB.split(Codec.H265, stream))).isEqualTo(stream);
            ByteArrayOutputStream written = new ByteArrayOutputStream();
            AnnexB.write(units, written);
            assertThat(written.toByteArray()).isEqualTo(stream);
            for (int lengthBytes : new int[] {2, 4}) {
                byte[] sample = LengthPrefixed.join(units, lengthBytes);
                assertThat(LengthPrefixed.split(Codec.H265, sample, lengthBytes))
                        .isEqualTo(units);
            }
        }
    }

    @Test
    void readingInPiecesChangesNothing() throws Exception {
        Random random = new Random(5);
        List<NalUnit> units = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            units.addAll(randomUnits(random));
        }
        byte[] big = new byte[300_000];
        random.nextBytes(big);
        big[0] = 2;
        big[big.length - 1] = 1;
        units.add(3, NalUnit.of(Codec.H265, EmulationPrevention.escape(big)));
        AnnexBSplitter splitter = new AnnexBSplitter(Codec.H265, new Dripping(AnnexB.join(units), random));
        List<NalUnit> read = new ArrayList<>();
        for (NalUnit nal = splitter.next(); nal != null; nal = splitter.next()) {
            read.add(nal);
        }
        assertThat(read).isEqualTo(units);
        assertThat(splitter.next()).isNull();
    }

    @Test
    void aUnitWithoutEndIsRefusedBeforeItFillsTheMemory() {
        InputStream endless = new SequenceInputStream(new ByteArrayInputStream(bytes("00 00 01")), new Endless());
        AnnexBSplitter splitter = new AnnexBSplitter(Codec.H264, endless);
        assertThatThrownBy(splitter::next)
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("more than");
    }

    @Test
    void zeroBytesBehindAUnitAreNotTheUnits() throws Exception {
        assertThat(LengthPrefixed.split(Codec.H264, bytes("00 04 65 80 00 00 00 02 68 01"), 2))
                .containsExactly(NalUnit.of(Codec.H264, bytes("65 80")), NalUnit.of(Codec.H264, bytes("68 01")));
        assertThatThrownBy(() -> LengthPrefixed.split(Codec.H265, bytes("00 04 26 00 00 00"), 2))
                .isInstanceOf(MalformedException.class)
                .hasMessage("sample, byte 2: a NAL unit of 1 bytes has no header");
    }

    @Test
    void lengthsThatLeadOutOfTheSampleAreRefused() throws Exception {
        assertThat(LengthPrefixed.split(Codec.H264, bytes("00 02 65 80 00 00 00 01 68"), 2))
                .hasSize(2);
        assertThatThrownBy(() -> LengthPrefixed.split(Codec.H264, bytes("00 03 65 80"), 2))
                .isInstanceOf(TruncatedException.class);
        assertThatThrownBy(() -> LengthPrefixed.split(Codec.H264, bytes("00 02 65 80 00"), 2))
                .isInstanceOf(TruncatedException.class);
        assertThatThrownBy(() -> LengthPrefixed.split(Codec.H264, bytes("ff ff ff ff 65"), 4))
                .isInstanceOf(TruncatedException.class);
        assertThatThrownBy(() -> LengthPrefixed.split(Codec.H265, bytes("00 01 40"), 2))
                .isInstanceOf(MediaException.class);
        assertThatThrownBy(() -> LengthPrefixed.join(List.of(NalUnit.of(Codec.H264, new byte[256])), 1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static List<NalUnit> randomUnits(Random random) {
        List<NalUnit> units = new ArrayList<>();
        for (int i = random.nextInt(6); i >= 0; i--) {
            byte[] rbsp = new byte[2 + random.nextInt(60)];
            for (int j = 0; j < rbsp.length; j++) {
                rbsp[j] = (byte) Math.max(0, random.nextInt(8) - 4);
            }
            rbsp[rbsp.length - 1] = (byte) 0x80;
            units.add(NalUnit.of(Codec.H265, EmulationPrevention.escape(rbsp)));
        }
        return units;
    }

    private static byte[] bytes(String hex) {
        return HexFormat.ofDelimiter(" ").parseHex(hex.strip());
    }

    private static final class Endless extends InputStream {
        @Override
        public int read() {
            return 0x55;
        }

        @Override
        public int read(byte[] target, int from, int length) {
            Arrays.fill(target, from, from + length, (byte) 0x55);
            return length;
        }
    }

    /** Gives few bytes at a time, as a pipe does. */
    private static final class Dripping extends ByteArrayInputStream {
        private final Random random;

        Dripping(byte[] bytes, Random random) {
            super(bytes);
            this.random = random;
        }

        @Override
        public synchronized int read(byte[] target, int from, int length) {
            return super.read(target, from, Math.min(length, 1 + random.nextInt(random.nextBoolean() ? 3 : 5000)));
        }
    }
}
