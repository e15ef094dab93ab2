package org.camseal.media.mp4;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.camseal.media.AccessUnit;
import org.camseal.media.AudioUnit;
import org.camseal.media.Codec;
import org.camseal.media.MediaTime;
import org.camseal.media.NalUnit;
import org.camseal.media.Track;
import org.camseal.media.VideoFormat;
import org.camseal.media.VideoUnit;
import org.camseal.media.annexb.AnnexB;
import org.camseal.peers.Peer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is written here, read by FFmpeg and played by Chromium. */
class FragmentedMp4PeerTest {
    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource({
        "libx264 -bf 2 -g 20, aac -ar 44100, H264",
        "libx264 -bf 0 -g 25 -profile:v baseline, libopus, H264",
        "libx265 -x265-params log-level=none:keyint=25:bframes=2, aac, H265"
    })
    void ffmpegCopiesTheSameNalUnitsAtTheSameTimes(String video, String audio, Codec codec) throws Exception {
        Peer.FFMPEG.require();
        Path source = encode(video, audio);
        List<Track> tracks;
        try (Mp4Reader reader = Mp4Reader.open(source)) {
            tracks = reader.tracks();
        }
        List<AccessUnit> units = withSetsInBand(Recordings.read(Mp4Reader.open(source)), tracks);
        Path written = write(tracks, units);

        List<List<ProbedPacket>> probed = ProbedPacket.of(written, tracks);
        assertThat(probed).isEqualTo(ProbedPacket.expected(units, tracks));

        String format = codec == Codec.H264 ? "h264" : "hevc";
        Peer.runIn(
                directory,
                List.of(
                        "ffmpeg",
                        "-v",
                        "error",
                        "-i",
                        written.toString(),
                        "-map",
                        "0:v",
                        "-c",
                        "copy",
                        "-f",
                        format,
                        "copy.bits"));
        List<NalUnit> copy = AnnexB.split(codec, Files.readAllBytes(directory.resolve("copy.bits")));
        // In front of H.265 key pictures FFmpeg puts the sets of hvcC, also where they are in band.
        assertThat(codec == Codec.H264 ? copy : slices(copy))
                .isEqualTo(codec == Codec.H264 ? nalUnits(units) : slices(nalUnits(units)));

        Peer.runIn(
                directory,
                List.of(
                        "ffmpeg",
                        "-v",
                        "error",
                        "-copyts",
                        "-i",
                        written.toString(),
                        "-c",
                        "copy",
                        "-f",
                        "mp4",
                        "copy.mp4"));
        List<AccessUnit> copied = Recordings.read(Mp4Reader.open(directory.resolve("copy.mp4")));
        assertThat(nalUnits(copied)).isEqualTo(nalUnits(units));
        assertThat(frames(copied)).isEqualTo(frames(units));
    }

    @Test
    void ffmpegDecodesEveryPictureWithoutComplaint() throws Exception {
        Peer.FFMPEG.require();
        Path source = encode("libx264 -bf 2 -g 20", "aac");
        List<Track> tracks;
        try (Mp4Reader reader = Mp4Reader.open(source)) {
            tracks = reader.tracks();
        }
        Path written = write(tracks, Recordings.read(Mp4Reader.open(source)));
        String log = Peer.runIn(
                        directory,
                        List.of("ffmpeg", "-v", "warning", "-xerror", "-i", written.toString(), "-f", "null", "-"))
                .err();
        assertThat(log).isEmpty();
    }

    @Test
    void theDateOfTheFileIsWhenItsFirstUnitWasCaptured() throws Exception {
        Peer.FFPROBE.require();
        Path written = write(List.of(Recordings.VIDEO), Recordings.units("IPPIPP", Recordings.VIDEO, List.of(), 1));
        Path answer = directory.resolve("probe.txt");
        Peer.runIn(
                directory,
                List.of(
                        "ffprobe",
                        "-v",
                        "error",
                        "-o",
                        answer.toString(),
                        "-show_entries",
                        "format_tags=creation_time",
                        "-of",
                        "csv=p=0",
                        written.toString()));
        assertThat(Instant.parse(Files.readString(answer).trim()))
                .isEqualTo(Recordings.START.truncatedTo(ChronoUnit.SECONDS));
    }

    @Test
    void chromiumPlaysAvc3ByMediaSourceExtensionsAndAsAFile() throws Exception {
        Peer.FFMPEG.require();
        Peer.CHROMIUM.require();
        Path source = encode("libx264 -bf 2 -g 20", "aac");
        List<Track> tracks;
        try (Mp4Reader reader = Mp4Reader.open(source)) {
            tracks = reader.tracks();
        }
        List<AccessUnit> units = withSetsInBand(Recordings.read(Mp4Reader.open(source)), tracks);
        Duration lead = Duration.ofMillis(200);
        List<byte[]> parts = new ArrayList<>();
        parts.add(FragmentedMp4.initSegment(tracks, lead));
        List<AccessUnit> group = new ArrayList<>();
        for (AccessUnit unit : units) {
            if (unit instanceof VideoUnit video && video.isKey() && !group.isEmpty()) {
                parts.add(FragmentedMp4.fragment(parts.size(), group, lead));
                group.clear();
            }
            group.add(unit);
        }
        parts.add(FragmentedMp4.fragment(parts.size(), group, lead));

        String answer = new BrowserPlayback(directory).play(MseCodecs.mimeType(tracks), parts, write(tracks, units));

        // The first picture is shown at zero although it is decoded before; all are decoded both ways, and nothing is
        // complained about.
        assertThat(answer).isEqualTo("supported=true from=0 mse=50 mseEnded=true file=50 fileEnded=true");
    }

    private Path encode(String video, String audio) throws Exception {
        Path file = directory.resolve("source.mp4");
        String command =
                "ffmpeg -v error -f lavfi -i testsrc2=s=160x120:r=25:d=2 -f lavfi -i sine=440:r=48000:d=2 -pix_fmt yuv420p -c:v "
                        + video + " -c:a " + audio + " " + file;
        Peer.runIn(directory, List.of(command.split(" ")));
        return file;
    }

    /** As a camera sends it: the parameter sets in front of every key picture. */
    private static List<AccessUnit> withSetsInBand(List<AccessUnit> units, List<Track> tracks) {
        List<NalUnit> sets = ((VideoFormat) tracks.getFirst().format()).parameterSets();
        List<AccessUnit> changed = new ArrayList<>();
        for (AccessUnit unit : units) {
            if (unit instanceof VideoUnit video && video.isKey()) {
                List<NalUnit> all = new ArrayList<>(sets);
                all.addAll(video.nalUnits());
                changed.add(video.withNalUnits(all));
            } else {
                changed.add(unit);
            }
        }
        return changed;
    }

    private Path write(List<Track> tracks, List<AccessUnit> units) throws Exception {
        Path file = directory.resolve("written.mp4");
        try (FragmentedMp4Writer writer = FragmentedMp4Writer.create(file, tracks)) {
            for (AccessUnit unit : units) {
                writer.write(unit);
            }
        }
        return file;
    }

    private static List<NalUnit> nalUnits(List<AccessUnit> units) {
        return units.stream()
                .filter(VideoUnit.class::isInstance)
                .flatMap(unit -> ((VideoUnit) unit).nalUnits().stream())
                .toList();
    }

    private static List<NalUnit> slices(List<NalUnit> nalUnits) {
        return nalUnits.stream().filter(NalUnit::isSlice).toList();
    }

    private record Frame(MediaTime time, String bytes) {}

    private static List<Frame> frames(List<AccessUnit> units) {
        return units.stream()
                .filter(AudioUnit.class::isInstance)
                .map(unit -> new Frame(unit.presentationTime(), HexFormat.of().formatHex(((AudioUnit) unit).frame())))
                .toList();
    }
}
