package org.camseal.media.mp4;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.camseal.media.AccessUnit;
import org.camseal.media.AudioFormat;
import org.camseal.media.AudioUnit;
import org.camseal.media.Codec;
import org.camseal.media.MalformedException;
import org.camseal.media.MediaTime;
import org.camseal.media.NalUnit;
import org.camseal.media.Track;
import org.camseal.media.TruncatedException;
import org.camseal.media.UnsupportedException;
import org.camseal.media.VideoUnit;
import org.camseal.media.annexb.LengthPrefixed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Mp4ReaderTest {
    private final PlainMovie movie = new PlainMovie();

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void lengthFieldsOfEverySize(int lengthSize) throws Exception {
        PlainMovie.Part part = movie.part();
        part.entry = out -> PlainMovie.video(out, "avc3", lengthSize);
        samples(part, lengthSize, 10);
        assertThat(nalBytes(movie.build())).containsExactly(10, 11, 12, 13, 14);
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 8, 16})
    void compactSizes(int bits) throws Exception {
        PlainMovie.Part part = movie.part();
        part.compactSizeBits = bits;
        samples(part, 4, 4);
        assertThat(nalBytes(movie.build())).containsExactly(4, 5, 6, 7, 8);
    }

    @Test
    void wideOffsetsAndAWideMdat() throws Exception {
        movie.part().wideOffsets = true;
        movie.wideData = true;
        PlainMovie.Part part = movie.part();
        samples(part, 4, 20);
        PlainMovie other = new PlainMovie();
        samples(other.part(), 4, 20);
        assertThat(nalBytes(movie.build())).isEqualTo(nalBytes(other.build()));
    }

    @Test
    void anMdatToTheEndOfTheFile() throws Exception {
        movie.dataInFront = false;
        samples(movie.part(), 4, 20);
        byte[] file = movie.build();
        int mdat = new String(file, StandardCharsets.ISO_8859_1).indexOf("mdat");
        for (int i = 1; i <= 4; i++) {
            file[mdat - i] = 0;
        }
        assertThat(nalBytes(file)).hasSize(5);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void compositionOffsetsMayBeNegative(int version) throws Exception {
        PlainMovie.Part part = movie.part();
        part.compositionVersion = version;
        part.samples.add(new PlainMovie.Cut(sample(4, 9), 3_000, 0));
        part.samples.add(new PlainMovie.Cut(sample(4, 9), 3_000, -500));
        List<AccessUnit> units = Recordings.read(Mp4Reader.of(movie.build()));
        assertThat(units.get(1).decodeTime()).isEqualTo(MediaTime.video(3_000));
        assertThat(units.get(1).presentationTime()).isEqualTo(MediaTime.video(2_500));
    }

    @Test
    void anEmptyEditDelaysAndAMediaTimeAdvances() throws Exception {
        PlainMovie.Part part = movie.part();
        samples(part, 4, 9);
        part.edits = edits(out -> out.u32(2)
                .u32(2_000)
                .u32(0xffff_ffffL)
                .u32(0x1_0000)
                .u32(10_000)
                .u32(4_500)
                .u32(0x1_0000));
        try (Mp4Reader reader = Mp4Reader.of(movie.build())) {
            assertThat(reader.remarks()).isEmpty();
            assertThat(Recordings.read(reader).getFirst().decodeTime()).isEqualTo(MediaTime.video(2 * 90_000 - 4_500));
        }
    }

    @Test
    void anEditListThatCutsHidesNothingAndIsRemarked() throws Exception {
        PlainMovie.Part part = movie.part();
        samples(part, 4, 9);
        part.edits = edits(out ->
                out.u32(2).u32(10).u32(3_600).u32(0x1_0000).u32(10).u32(14_400).u32(0x1_0000));
        try (Mp4Reader reader = Mp4Reader.of(movie.build())) {
            assertThat(reader.remarks()).singleElement().asString().contains("cuts");
            assertThat(Recordings.read(reader)).hasSize(5);
        }
    }

    @Test
    void timesOfAnotherTimeScaleAreRoundedToTheNearestTick() throws Exception {
        PlainMovie.Part part = movie.part();
        part.timescale = 30_000;
        for (int i = 0; i < 4; i++) {
            part.samples.add(new PlainMovie.Cut(sample(4, 9), 1_001, 0));
        }
        assertThat(Recordings.read(Mp4Reader.of(movie.build())).stream()
                        .map(unit -> unit.decodeTime().ticks()))
                .containsExactly(0L, 3_003L, 6_006L, 9_009L);
    }

    @Test
    void withoutPrftTheDateOfTheFileCounts() throws Exception {
        samples(movie.part(), 4, 9);
        assertThat(Recordings.read(Mp4Reader.of(movie.build())).getLast().capturedAt())
                .isEqualTo(Instant.EPOCH);
        movie.creation = InitSegment.SECONDS_1904_TO_1970 + 1_000_000;
        assertThat(Recordings.read(Mp4Reader.of(movie.build())).getLast().capturedAt())
                .isEqualTo(Instant.ofEpochSecond(1_000_000).plusMillis(160));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void aacInQuickTimesSoundDescriptions(int version) throws Exception {
        PlainMovie.Part part = movie.part();
        part.handler = "soun";
        part.timescale = 48_000;
        part.entry = out -> PlainMovie.quickTimeAac(out, version);
        part.samples.add(new PlainMovie.Cut(new byte[] {1, 2, 3}, 1_024, 0));
        try (Mp4Reader reader = Mp4Reader.of(movie.build())) {
            assertThat(reader.tracks()).containsExactly(new Track(1, new AudioFormat(Codec.AAC, 48_000, 1, new byte[] {
                0x11, (byte) 0x88
            })));
            assertThat(Recordings.read(reader))
                    .containsExactly(
                            new AudioUnit(1, new byte[] {1, 2, 3}, new MediaTime(0, 48_000), 1_024, Instant.EPOCH));
        }
    }

    @Test
    void tracksOfOtherKindsAreLeftOutAndNamed() throws Exception {
        samples(movie.part(), 4, 9);
        PlainMovie.Part text = movie.part();
        text.handler = "text";
        PlainMovie.Part vp9 = movie.part();
        vp9.entry = out -> out.open("vp09").zeros(78).close();
        PlainMovie.Part encrypted = movie.part();
        encrypted.entry = out -> out.open("encv").zeros(78).close();
        try (Mp4Reader reader = Mp4Reader.of(movie.build())) {
            assertThat(reader.tracks()).containsExactly(Recordings.VIDEO);
            assertThat(reader.remarks()).hasSize(3);
            assertThat(reader.remarks().get(1)).contains("track 3").contains("vp09");
            assertThat(reader.remarks().get(2)).contains("Common Encryption");
        }
    }

    @Test
    void aFileWithNothingToReadIsUnsupported() {
        movie.part().handler = "text";
        assertThatThrownBy(() -> Mp4Reader.of(movie.build()))
                .isInstanceOf(UnsupportedException.class)
                .hasMessageContaining("neither video nor sound");
    }

    @Test
    void absurdCountsAreRefusedBeforeMemoryIsTaken() {
        PlainMovie.Part part = movie.part();
        samples(part, 4, 9);
        part.hintedCount = 0x7fff_ffff;
        assertThatThrownBy(() -> Mp4Reader.of(movie.build()))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("2147483647 entries");
        part.constantSize = 13;
        assertThatThrownBy(() -> Mp4Reader.of(movie.build()))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("2147483647 samples of 13 bytes");
    }

    @Test
    void aPlainFileThatIsCutReturnsWhatIsThereAndThenSaysSo() throws Exception {
        movie.dataInFront = false;
        samples(movie.part(), 4, 9);
        byte[] file = movie.build();
        List<AccessUnit> units = new ArrayList<>();
        try (Mp4Reader reader = Mp4Reader.of(Arrays.copyOf(file, file.length - 1))) {
            assertThatThrownBy(() -> {
                        for (AccessUnit unit = reader.next(); unit != null; unit = reader.next()) {
                            units.add(unit);
                        }
                    })
                    .isInstanceOf(TruncatedException.class);
            assertThatThrownBy(reader::next).isInstanceOf(TruncatedException.class);
        }
        assertThat(units).hasSize(4);
    }

    @Test
    void otherFilesAreCalledThat() {
        assertThatThrownBy(() -> Mp4Reader.of(new byte[] {0, 0, 0, 1, 0x67, 0x42, 1, 2, 3, 4}))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("another kind of file");
        assertThatThrownBy(() -> Mp4Reader.of(new byte[0])).isInstanceOf(TruncatedException.class);
    }

    @Test
    void boxesThatAreNotKnownAreSkippedBetweenFragments() throws Exception {
        List<AccessUnit> units = Recordings.units("IPBPIPB", Recordings.VIDEO, List.of(Recordings.AAC), 1024);
        Duration lead = Duration.ofMillis(40);
        BoxBuilder file = new BoxBuilder(1024);
        file.bytes(FragmentedMp4.initSegment(List.of(Recordings.VIDEO, Recordings.AAC), lead));
        for (AccessUnit unit : units) {
            file.open("styp")
                    .ascii("msdh")
                    .u32(0)
                    .close()
                    .openFull("sidx", 0, 0)
                    .zeros(20)
                    .close();
            file.openFull("emsg", 1, 0).zeros(30).close().open("free").close();
            file.bytes(FragmentedMp4.fragment(1, List.of(unit), lead));
        }
        file.open("mfra").openFull("mfro", 0, 0).u32(24).close().close();
        assertThat(Recordings.read(Mp4Reader.of(file.toBytes()))).isEqualTo(units);
    }

    @Test
    void withoutOffsetsAndTimesRunsFollowOneAnother() throws Exception {
        BoxBuilder file = new BoxBuilder(1024);
        file.bytes(FragmentedMp4.initSegment(List.of(Recordings.VIDEO, Recordings.PCMA)));
        // Two track fragments of one track, one of a track that is not in the moov between them, one of sound; then all
        // again.
        for (int fragment = 0; fragment < 2; fragment++) {
            int moof = file.position();
            file.open("moof").openFull("mfhd", 0, 0).u32(fragment + 1).close();
            int firstOffset = barePart(file, 1, 13, 2, true);
            barePart(file, 77, 5, 1, false);
            barePart(file, 1, 13, 1, false);
            barePart(file, 2, 160, 1, false);
            file.close();
            file.patchU32(firstOffset, file.position() + 8 - moof);
            file.open("mdat")
                    .bytes(sample(4, 9))
                    .bytes(sample(4, 9))
                    .zeros(5)
                    .bytes(sample(4, 9))
                    .zeros(160)
                    .close();
        }
        List<AccessUnit> units = Recordings.read(Mp4Reader.of(file.toBytes()));
        assertThat(units).hasSize(8);
        assertThat(units.stream()
                        .filter(unit -> unit.track() == 1)
                        .map(unit -> unit.decodeTime().ticks()))
                .containsExactly(0L, 160L, 320L, 480L, 640L, 800L);
        assertThat(units.stream()
                        .filter(unit -> unit.track() == 2)
                        .map(unit -> unit.decodeTime().ticks()))
                .containsExactly(0L, 160L);
    }

    /** A traf of samples of one size, with durations of 160 ticks; returns where its data offset stands, if it has one. */
    private static int barePart(BoxBuilder out, int track, int size, int samples, boolean offset) {
        out.open("traf").openFull("tfhd", 0, 0x18).u32(track).u32(160).u32(size).close();
        out.openFull("trun", 0, offset ? 1 : 0).u32(samples);
        int position = out.position();
        if (offset) {
            out.u32(0);
        }
        out.close().close();
        return position;
    }

    @Test
    void segmentsWithTheirHeadsOneBehindTheOtherAreOneFile() throws Exception {
        List<AccessUnit> units = Recordings.units("IPIP", Recordings.VIDEO, List.of(), 1);
        byte[] head = FragmentedMp4.initSegment(List.of(Recordings.VIDEO));
        BoxBuilder file = new BoxBuilder(1024);
        file.bytes(head).bytes(FragmentedMp4.fragment(1, units.subList(0, 2)));
        file.bytes(head).bytes(FragmentedMp4.fragment(1, units.subList(2, 4)));
        assertThat(Recordings.read(Mp4Reader.of(file.toBytes()))).isEqualTo(units);
        file.bytes(FragmentedMp4.initSegment(List.of(Recordings.VIDEO_H265)));
        assertThatThrownBy(() -> Recordings.read(Mp4Reader.of(file.toBytes())))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("two files");
    }

    @Test
    void samplesThatLieOnTopOfEachOtherEndSoon() {
        PlainMovie.Part part = movie.part();
        part.samplesPerChunk = 1;
        for (int i = 0; i < 10_000; i++) {
            part.samples.add(new PlainMovie.Cut(new byte[0], 1, 0));
        }
        part.constantSize = 1_000;
        part.entry = out -> out.open("alaw")
                .zeros(8)
                .zeros(8)
                .u16(1)
                .zeros(6)
                .u32(8_000L << 16)
                .close();
        part.handler = "soun";
        byte[] file = movie.build();
        List<AccessUnit> units = new ArrayList<>();
        assertThatThrownBy(() -> {
                    try (Mp4Reader reader = Mp4Reader.of(file)) {
                        for (AccessUnit unit = reader.next(); unit != null; unit = reader.next()) {
                            units.add(unit);
                        }
                    }
                })
                .isInstanceOf(MalformedException.class);
        assertThat(units.stream().mapToLong(AccessUnit::sizeBytes).sum()).isLessThanOrEqualTo(2L * file.length);
    }

    private static Consumer<BoxBuilder> edits(Consumer<BoxBuilder> list) {
        return out -> {
            out.open("edts").openFull("elst", 0, 0);
            list.accept(out);
            out.close().close();
        };
    }

    private static void samples(PlainMovie.Part part, int lengthSize, int firstLength) {
        for (int i = 0; i < 5; i++) {
            part.samples.add(new PlainMovie.Cut(sample(lengthSize, firstLength + i), 3_600, 0));
        }
    }

    private static byte[] sample(int lengthSize, int nalLength) {
        byte[] nal = new byte[nalLength];
        nal[0] = 0x65;
        nal[nalLength - 1] = (byte) 0x80;
        return LengthPrefixed.join(List.of(NalUnit.of(Codec.H264, nal)), lengthSize);
    }

    private static List<Integer> nalBytes(byte[] file) throws Exception {
        return Recordings.read(Mp4Reader.of(file)).stream()
                .map(unit -> ((VideoUnit) unit).nalUnits().getFirst().length())
                .toList();
    }
}
