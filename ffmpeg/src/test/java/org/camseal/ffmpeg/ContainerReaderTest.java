package org.camseal.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.camseal.media.AccessUnit;
import org.camseal.media.AudioFormat;
import org.camseal.media.AudioUnit;
import org.camseal.media.Codec;
import org.camseal.media.EmulationPrevention;
import org.camseal.media.MalformedException;
import org.camseal.media.MediaTime;
import org.camseal.media.NalUnit;
import org.camseal.media.SliceHeaders;
import org.camseal.media.UnsupportedException;
import org.camseal.media.VideoFormat;
import org.camseal.media.VideoUnit;
import org.camseal.media.annexb.AnnexB;
import org.camseal.media.headers.SliceHeaderReaders;
import org.camseal.peers.Peer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Debian's ffmpeg writes the files and says what is in them. */
class ContainerReaderTest {
    @TempDir
    Path directory;

    private Path film(String name, String encoder, String... more) throws Exception {
        Path file = directory.resolve(name);
        List<String> arguments = new ArrayList<>(List.of("-v", "error", "-y", "-f", "lavfi", "-i"));
        arguments.addAll(List.of("testsrc2=size=320x240:rate=25:duration=4", "-f", "lavfi", "-i"));
        arguments.addAll(List.of("sine=sample_rate=48000:duration=4", "-c:v", encoder, "-bf", "3", "-g", "25"));
        arguments.addAll(List.of(more));
        if (encoder.equals("libx265")) {
            // Else x265's own SEI lands in the container's configuration, and ffmpeg repeats it at each key frame.
            arguments.addAll(List.of("-x265-params", "info=0:log-level=error"));
        }
        arguments.addAll(List.of("-c:a", "aac", file.toString()));
        Peer.FFMPEG.run(arguments).good();
        return file;
    }

    static List<AccessUnit> read(Path file) throws Exception {
        List<AccessUnit> units = new ArrayList<>();
        try (ContainerReader reader = ContainerReader.open(file)) {
            for (AccessUnit unit = reader.next(); unit != null; unit = reader.next()) {
                units.add(unit);
            }
        }
        return units;
    }

    private static List<VideoUnit> pictures(List<AccessUnit> units) {
        return units.stream()
                .filter(VideoUnit.class::isInstance)
                .map(VideoUnit.class::cast)
                .toList();
    }

    private static List<NalUnit> nals(List<AccessUnit> units) {
        return pictures(units).stream()
                .flatMap(unit -> unit.nalUnits().stream())
                .toList();
    }

    private static List<NalUnit> withoutParameterSets(List<NalUnit> nals) {
        // A muxer may take delimiters out, and ffmpeg puts parameter sets of its own in.
        return nals.stream()
                .filter(nal -> !nal.isParameterSet() && !nal.isDelimiter())
                .toList();
    }

    private static List<NalUnit> copiedByFfmpeg(Path file, Codec codec) throws Exception {
        String format = codec == Codec.H265 ? "hevc" : "h264";
        byte[] stream = Peer.FFMPEG
                .run(List.of("-v", "error", "-i", file.toString(), "-map", "0:v", "-c", "copy", "-f", format, "-"))
                .good()
                .output();
        return AnnexB.split(codec, stream);
    }

    @ParameterizedTest
    @CsvSource({
        "film.mkv, libx264, H264",
        "film.mp4, libx264, H264",
        "film.ts, libx264, H264",
        "film.flv, libx264, H264",
        "film.mkv, libx265, H265",
        "film.mp4, libx265, H265",
        "film.ts, libx265, H265"
    })
    void nalUnitsAndTimesAreThoseThatAreStored(String name, String encoder, Codec codec) throws Exception {
        Path file = film(name, encoder);
        List<AccessUnit> units = read(file);
        assertThat(pictures(units)).hasSize(100);
        assertThat(withoutParameterSets(nals(units)))
                .isNotEmpty()
                .isEqualTo(withoutParameterSets(copiedByFfmpeg(file, codec)));

        List<Long> probed = new ArrayList<>();
        for (String line : Peer.FFPROBE
                .run(List.of(
                        "-v",
                        "error",
                        "-select_streams",
                        "v",
                        "-show_entries",
                        "packet=pts_time",
                        "-of",
                        "csv=p=0",
                        file.toString()))
                .good()
                .lines()) {
            if (!line.isEmpty()) {
                double seconds = Double.parseDouble(line.replace(",", ""));
                probed.add(Math.round(seconds * MediaTime.VIDEO_CLOCK_HZ));
            }
        }
        assertThat(pictures(units).stream().map(unit -> unit.presentationTime().ticks()))
                .isEqualTo(probed);
    }

    @ParameterizedTest
    @ValueSource(strings = {"film.mkv", "film.mp4", "film.ts"})
    void decodeTimesNeverGoBackAndComeBeforeTheShowing(String name) throws Exception {
        List<VideoUnit> pictures = pictures(read(film(name, "libx264")));
        boolean overtaken = false;
        MediaTime before = pictures.getFirst().decodeTime();
        for (VideoUnit picture : pictures) {
            assertThat(picture.decodeTime()).isGreaterThanOrEqualTo(before);
            assertThat(picture.presentationTime()).isGreaterThanOrEqualTo(picture.decodeTime());
            overtaken |= !picture.presentationTime().equals(picture.decodeTime());
            before = picture.decodeTime();
        }
        assertThat(overtaken).as("the film has pictures out of order").isTrue();
        long span = pictures.getLast().decodeTime().ticks()
                - pictures.getFirst().decodeTime().ticks();
        assertThat(span).isEqualTo(99 * 3600);
    }

    @Test
    void transportStreamsComeOutWithEveryNalUnit() throws Exception {
        Path file = film("film.ts", "libx264");
        assertThat(nals(read(file))).isEqualTo(copiedByFfmpeg(file, Codec.H264));
    }

    @ParameterizedTest
    @ValueSource(strings = {"film.mkv", "film.mp4", "film.ts"})
    void soundComesWithoutAdtsAndWithoutGaps(String name) throws Exception {
        Path file = film(name, "libx264");
        List<AudioUnit> sound = read(file).stream()
                .filter(AudioUnit.class::isInstance)
                .map(AudioUnit.class::cast)
                .toList();
        byte[] adts = Peer.FFMPEG
                .run(List.of("-v", "error", "-i", file.toString(), "-map", "0:a", "-c", "copy", "-f", "adts", "-"))
                .good()
                .output();
        int at = 0;
        long expected = sound.getFirst().decodeTime().ticks();
        for (AudioUnit frame : sound) {
            int length = AacConfig.ADTS_HEADER_BYTES + frame.frame().length;
            assertThat(AacConfig.withoutAdts(Arrays.copyOfRange(adts, at, at + length)))
                    .isEqualTo(frame.frame());
            assertThat(frame.decodeTime().ticks()).isEqualTo(expected);
            expected += frame.samples();
            at += length;
        }
        assertThat(at).isEqualTo(adts.length);
        try (ContainerReader reader = ContainerReader.open(file)) {
            AudioFormat format = (AudioFormat) reader.tracks().get(1).format();
            assertThat(format.sampleRateHz()).isEqualTo(48_000);
            assertThat(format.channels()).isEqualTo(1);
            assertThat(AacConfig.parse(format.decoderConfig()).sampleRateHz()).isEqualTo(48_000);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "film.mkv, libx264",
        "film.mp4, libx264",
        "film.ts, libx264",
        "film.flv, libx264",
        "film.ts, libx265",
        "film.mkv, libx265"
    })
    void tracksAreKnownBeforeTheFirstUnit(String name, String encoder) throws Exception {
        try (ContainerReader reader = ContainerReader.open(film(name, encoder))) {
            assertThat(reader.tracks()).hasSize(2);
            VideoFormat video = (VideoFormat) reader.tracks().getFirst().format();
            assertThat(video.width()).isEqualTo(320);
            assertThat(video.height()).isEqualTo(240);
            assertThat(reader.tracks().get(1).format().codec()).isEqualTo(Codec.AAC);
            assertThat(reader.tracks().get(1).number()).isEqualTo(2);
        }
    }

    /** What sealing does to a slice, as far as a container can see it: a clear header, then bytes without any pattern. */
    private static NalUnit unreadable(NalUnit slice, SliceHeaders headers, Random random) throws Exception {
        int clear = headers.clearLength(slice);
        byte[] noise = new byte[slice.length() - clear + 53];
        random.nextBytes(noise);
        noise[noise.length - 1] = 1;
        byte[] bytes = Arrays.copyOf(slice.bytes(), clear + EmulationPrevention.maxEscapedLength(noise.length));
        int end = EmulationPrevention.escape(noise, 0, noise.length, bytes, 0, clear);
        bytes = Arrays.copyOf(bytes, end);
        return NalUnit.of(slice.codec(), bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"sealed.mkv", "sealed.mp4", "sealed.ts"})
    void picturesThatNobodyCanDecodeComeOutBitForBit(String name) throws Exception {
        List<NalUnit> clear = copiedByFfmpeg(film("film.mp4", "libx264", "-bf", "0"), Codec.H264);
        SliceHeaders headers = SliceHeaderReaders.of(Codec.H264);
        List<NalUnit> sealed = new ArrayList<>();
        Random random = new Random(1);
        for (NalUnit nal : clear) {
            headers.accept(nal);
            sealed.add(nal.isSlice() ? unreadable(nal, headers, random) : nal);
        }
        Path stream = Files.write(directory.resolve("sealed.h264"), AnnexB.join(sealed));
        Path file = directory.resolve(name);
        Peer.FFMPEG
                .run(List.of(
                        "-v",
                        "quiet",
                        "-y",
                        "-fflags",
                        "+genpts",
                        "-r",
                        "25",
                        "-f",
                        "h264",
                        "-i",
                        stream.toString(),
                        "-c",
                        "copy",
                        file.toString()))
                .good();
        List<AccessUnit> units = read(file);
        assertThat(pictures(units)).hasSize(100);
        assertThat(withoutParameterSets(nals(units))).isEqualTo(withoutParameterSets(sealed));
    }

    @Test
    void captureTimesRunFromTheGivenStart() throws Exception {
        Path file = film("film.ts", "libx264");
        Instant start = Instant.parse("2026-11-21T12:00:00Z");
        try (ContainerReader reader = ContainerReader.open(file, start)) {
            AccessUnit first = reader.next();
            assertThat(Objects.requireNonNull(first).capturedAt()).isEqualTo(start);
        }
    }

    @Test
    void whatIsNoContainerIsRefused() throws IOException {
        Path text = Files.writeString(directory.resolve("notes.mp4"), "these are notes, no film\n".repeat(200));
        assertThatThrownBy(() -> ContainerReader.open(text))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("notes.mp4: no container that is read here");
        Path empty = Files.write(directory.resolve("empty.mkv"), new byte[0]);
        assertThatThrownBy(() -> ContainerReader.open(empty))
                .isInstanceOfAny(MalformedException.class, IOException.class);
        assertThatThrownBy(() -> ContainerReader.open(directory.resolve("none.mkv")))
                .isInstanceOf(NoSuchFileException.class);
        assertThatThrownBy(() -> ContainerReader.open(directory))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("is not a file");
    }

    @Test
    void aPlaylistDoesNotMakeItOpenOtherFiles() throws Exception {
        Path film = film("film.ts", "libx264");
        Path list = Files.writeString(
                directory.resolve("list.m3u8"),
                "#EXTM3U\n#EXT-X-TARGETDURATION:4\n#EXTINF:4,\n" + film.getFileName() + "\n#EXT-X-ENDLIST\n");
        assertThatThrownBy(() -> ContainerReader.open(list)).isInstanceOf(MalformedException.class);
        Path concat = Files.writeString(directory.resolve("list.txt"), "ffconcat version 1.0\nfile film.ts\n");
        assertThatThrownBy(() -> ContainerReader.open(concat)).isInstanceOf(MalformedException.class);
    }

    @Test
    void aFileWithoutAnyKnownCodecNamesWhatItHas() throws Exception {
        Path file = directory.resolve("old.avi");
        Peer.FFMPEG
                .run(List.of(
                        "-v",
                        "error",
                        "-f",
                        "lavfi",
                        "-i",
                        "testsrc2=size=320x240:duration=1",
                        "-c:v",
                        "mpeg4",
                        file.toString()))
                .good();
        assertThatThrownBy(() -> ContainerReader.open(file))
                .isInstanceOf(UnsupportedException.class)
                .hasMessageContaining("mpeg4");
    }

    @Test
    void aCutFileGivesWhatIsThere() throws Exception {
        Path whole = film("film.mkv", "libx264");
        byte[] bytes = Files.readAllBytes(whole);
        Path cut = Files.write(directory.resolve("cut.mkv"), Arrays.copyOf(bytes, bytes.length / 2));
        List<AccessUnit> units = new ArrayList<>();
        try (ContainerReader reader = ContainerReader.open(cut)) {
            for (AccessUnit unit = reader.next(); unit != null; unit = reader.next()) {
                units.add(unit);
            }
        } catch (MalformedException | IOException e) {
            assertThat(e).hasMessageContaining("cut.mkv");
        }
        assertThat(pictures(units)).hasSizeBetween(20, 80);
    }
}
