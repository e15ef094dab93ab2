package org.camseal.media.annexb;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.camseal.media.AccessUnit;
import org.camseal.media.Codec;
import org.camseal.media.VideoFormat;
import org.camseal.media.VideoUnit;
import org.camseal.peers.Peer;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The access units and times read from a byte stream are those that an encoder gave to an MP4 file of the same pictures. */
class AnnexBReaderPeerTest {
    private static final Instant START = Instant.parse("2026-11-01T10:00:00Z");

    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            H264 | 25         | bframes=0
            H264 | 30000/1001 | bframes=3:b-adapt=0:b-pyramid=normal:keyint=20
            H264 | 15         | bframes=3:slices=4:open-gop=1:keyint=15
            H264 | 25         | bframes=2:tff=1:keyint=12
            H264 | 25         | intra-refresh=1:keyint=10:bframes=0:aud=1
            H265 | 25         | bframes=0
            H265 | 30000/1001 | bframes=4:b-adapt=0:b-pyramid=1:keyint=20
            H265 | 15         | bframes=4:open-gop=1:keyint=15:slices=2:wpp=1
            H265 | 25         | bframes=3:open-gop=0:radl=2:keyint=12:aud=1
            """)
    void unitsAndTimesOfAnMp4File(Codec codec, String rate, String parameters) throws Exception {
        Peer.FFMPEG.require();
        String name = codec == Codec.H264 ? "x264" : "x265";
        Path mp4 = directory.resolve("a.mp4");
        Path stream = directory.resolve("a.bin");
        Peer.runIn(
                directory,
                List.of(
                        "ffmpeg",
                        "-v",
                        "error",
                        "-f",
                        "lavfi",
                        "-i",
                        "testsrc2=size=192x160:rate=" + rate,
                        "-frames:v",
                        "50",
                        "-c:v",
                        "lib" + name,
                        "-preset",
                        "veryfast",
                        "-threads",
                        "1",
                        "-" + name + "-params",
                        (codec == Codec.H265 ? "log-level=none:" : "") + parameters,
                        mp4.toString()));
        Peer.runIn(
                directory,
                List.of(
                        "ffmpeg",
                        "-v",
                        "error",
                        "-i",
                        mp4.toString(),
                        "-c",
                        "copy",
                        "-f",
                        codec == Codec.H264 ? "h264" : "hevc",
                        stream.toString()));
        List<long[]> expected = new ArrayList<>();
        for (String line : Peer.runIn(
                        directory,
                        List.of(
                                "ffprobe",
                                "-v",
                                "error",
                                "-select_streams",
                                "v",
                                "-show_entries",
                                "packet=pts_time,dts_time",
                                "-of",
                                "csv=p=0",
                                mp4.toString()))
                .out()
                .lines()
                .toList()) {
            String[] times = line.split(",");
            expected.add(new long[] {ticks(times[0]), ticks(times[1])});
        }

        List<VideoUnit> units = new ArrayList<>();
        ByteArrayOutputStream copy = new ByteArrayOutputStream();
        try (AnnexBReader reader = AnnexBReader.open(Files.newInputStream(stream), codec, null, START)) {
            VideoFormat format = (VideoFormat) reader.tracks().getFirst().format();
            assertThat(format.width()).isEqualTo(192);
            assertThat(format.height()).isEqualTo(160);
            AnnexBWriter writer = new AnnexBWriter(reader.tracks().getFirst(), copy);
            for (AccessUnit unit = reader.next(); unit != null; unit = reader.next()) {
                units.add((VideoUnit) unit);
                writer.write(unit);
            }
        }
        assertThat(AnnexB.split(codec, copy.toByteArray())).isEqualTo(AnnexB.split(codec, Files.readAllBytes(stream)));
        assertThat(units).hasSize(expected.size());
        for (int i = 0; i < units.size(); i++) {
            VideoUnit unit = units.get(i);
            // ffprobe prints microseconds: one tick of 90 kHz is 11.
            assertThat(unit.presentationTime().ticks() - ticksOfFirst(units))
                    .as("picture " + i)
                    .isBetween(
                            expected.get(i)[0] - expected.get(0)[0] - 2, expected.get(i)[0] - expected.get(0)[0] + 2);
            assertThat(unit.decodeTime().ticks() - units.getFirst().decodeTime().ticks())
                    .as("picture " + i)
                    .isBetween(
                            expected.get(i)[1] - expected.get(0)[1] - 2, expected.get(i)[1] - expected.get(0)[1] + 2);
            assertThat(unit.decodeTime()).isLessThanOrEqualTo(unit.presentationTime());
            assertThat(unit.capturedAt())
                    .isEqualTo(START.plus(unit.presentationTime().toDuration()));
        }
        assertThat(units.getFirst().isKey()).isTrue();
    }

    private static long ticksOfFirst(List<VideoUnit> units) {
        return units.getFirst().presentationTime().ticks();
    }

    private static long ticks(String seconds) {
        return Math.round(Double.parseDouble(seconds) * 90_000);
    }
}
