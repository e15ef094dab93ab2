package org.camseal.media.mp4;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.camseal.media.AccessUnit;
import org.camseal.media.NalUnit;
import org.camseal.media.Track;
import org.camseal.media.VideoUnit;
import org.camseal.peers.Peer;
import org.camseal.peers.SharedVectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What FFmpeg and GStreamer write, read here, against what ffprobe says is in it. */
class Mp4ReaderPeerTest {
    private static final String PICTURES = "-f lavfi -i testsrc2=s=160x120:r=25:d=3 ";
    private static final String TONE = "-f lavfi -i sine=440:r=44100:d=3 ";
    private static final String TONE_8K = "-f lavfi -i sine=440:r=8000:d=3 ";
    private static final String B_FRAMES = "-c:v libx264 -pix_fmt yuv420p -bf 2 -g 20 ";

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(
            strings = {
                PICTURES + TONE + B_FRAMES + "-c:a aac out.mp4",
                PICTURES + TONE + B_FRAMES + "-c:a aac -movflags +faststart out.mp4",
                PICTURES + TONE + B_FRAMES + "-c:a aac -movflags frag_keyframe out.mp4",
                PICTURES + TONE + B_FRAMES + "-c:a aac -movflags frag_keyframe+empty_moov out.mp4",
                PICTURES + TONE + B_FRAMES + "-c:a aac -movflags frag_keyframe+empty_moov+delay_moov out.mp4",
                PICTURES + TONE + B_FRAMES + "-c:a aac -movflags frag_keyframe+empty_moov+separate_moof out.mp4",
                PICTURES + TONE + B_FRAMES + "-c:a aac -movflags frag_keyframe+default_base_moof+dash out.mp4",
                PICTURES + TONE + B_FRAMES + "-c:a aac -movflags frag_keyframe+empty_moov+omit_tfhd_offset out.mp4",
                PICTURES + TONE + B_FRAMES + "-c:a aac out.mov",
                PICTURES + TONE_8K + B_FRAMES + "-c:a pcm_alaw out.mov",
                PICTURES + TONE_8K + B_FRAMES + "-c:a pcm_mulaw -ac 2 out.mov",
                PICTURES + "-f lavfi -i sine=440:r=48000:d=3 " + B_FRAMES + "-c:a libopus out.mp4",
                PICTURES + "-c:v libx265 -x265-params log-level=none -tag:v hvc1 out.mp4",
                PICTURES + "-c:v libx265 -x265-params log-level=none:bframes=3 out.mov",
                PICTURES + "-c:v libx264 -video_track_timescale 1000 out.mp4",
                "-itsoffset 1.3 " + PICTURES + TONE + "-map 0 -map 1 " + B_FRAMES + "-c:a aac out.mp4",
            })
    void whatFfmpegWritesIsReadAsFfprobeReadsIt(String command) throws Exception {
        Peer.FFMPEG.require();
        List<String> words = new ArrayList<>(List.of("ffmpeg", "-v", "error", "-fflags", "+bitexact"));
        words.addAll(Arrays.asList(command.split(" ")));
        Peer.runIn(directory, words);
        sameAsFfprobe(directory.resolve(words.getLast()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x264enc bframes=2 key-int-max=25 b-adapt=false ! h264parse|voaacenc ! aacparse|mp4mux",
                "x264enc key-int-max=25 ! h264parse|voaacenc ! aacparse|mp4mux faststart=true",
                "x264enc key-int-max=25 ! h264parse|voaacenc ! aacparse|mp4mux fragment-duration=1000",
                "x264enc ! h264parse ! video/x-h264,stream-format=avc3|opusenc|mp4mux",
                "x264enc ! h264parse|audioresample ! audio/x-raw,rate=8000 ! alawenc|qtmux",
            })
    void whatGstreamerWritesIsReadAsFfprobeReadsIt(String elements) throws Exception {
        Peer.GSTREAMER.require();
        Peer.FFPROBE.require();
        String[] parts = elements.split("\\|");
        String pipeline =
                "gst-launch-1.0 -q -e videotestsrc num-buffers=75 ! video/x-raw,framerate=25/1,width=160,height=120 ! "
                        + parts[0] + " ! mux. audiotestsrc num-buffers=140 ! audio/x-raw,rate=48000 ! " + parts[1]
                        + " ! mux. "
                        + parts[2] + " name=mux ! filesink location=out.mp4";
        Peer.runIn(directory, List.of(pipeline.split(" ")));
        sameAsFfprobe(directory.resolve("out.mp4"));
    }

    @Test
    void captureTimesOfFfmpegsProducerReferenceBoxAreRead() throws Exception {
        Peer.FFMPEG.require();
        String command = "ffmpeg -v error " + PICTURES
                + "-c:v libx264 -movflags frag_keyframe+empty_moov -write_prft wallclock out.mp4";
        Instant before = Instant.now().minusSeconds(1);
        Peer.runIn(directory, List.of(command.split(" ")));
        for (AccessUnit unit : Recordings.read(Mp4Reader.open(directory.resolve("out.mp4")))) {
            assertThat(unit.capturedAt()).isBetween(before, Instant.now().plusSeconds(10));
        }
    }

    @Test
    void theFilesOfTheSigningReferenceAreReadAsFfprobeReadsThem() throws Exception {
        Path shared = SharedVectors.require("vectors/media-signing/reference-repo");
        Peer.FFPROBE.require();
        try (Stream<Path> files = Files.list(shared)) {
            List<Path> found =
                    files.filter(file -> file.toString().endsWith(".mp4")).toList();
            assertThat(found).hasSizeGreaterThanOrEqualTo(4);
            for (Path file : found) {
                sameAsFfprobe(Files.copy(file, directory.resolve(file.getFileName())));
            }
        }
    }

    private static void sameAsFfprobe(Path file) throws Exception {
        List<Track> tracks;
        List<AccessUnit> units;
        try (Mp4Reader reader = Mp4Reader.open(file)) {
            tracks = reader.tracks();
            units = Recordings.read(reader);
            assertThat(reader.remarks()).isEmpty();
        }
        List<List<ProbedPacket>> probed = ProbedPacket.of(file, tracks);
        List<List<ProbedPacket>> read = ProbedPacket.expected(units, tracks);
        leaveOutZeroBytes(read, probed);
        leaveOutLastSei(units, read, probed);
        assertThat(read).hasSameSizeAs(probed).isNotEmpty();
        for (int i = 0; i < probed.size(); i++) {
            assertThat(read.get(i))
                    .as("%s, track %d", file.getFileName(), i)
                    .isEqualTo(probed.get(i))
                    .isNotEmpty();
        }
        keepsToOneSecond(units);
    }

    /** Some muxers store the zero byte in front of the next start code as a picture's last one; it belongs to no NAL unit. */
    private static void leaveOutZeroBytes(List<List<ProbedPacket>> read, List<List<ProbedPacket>> probed) {
        for (int track = 0; track < probed.size(); track++) {
            List<ProbedPacket> theirs = probed.get(track);
            for (int i = 0; i < theirs.size(); i++) {
                ProbedPacket one = theirs.get(i);
                if (i < read.get(track).size()
                        && one.bytes() == read.get(track).get(i).bytes() + 1) {
                    theirs.set(i, new ProbedPacket(one.presentation(), one.decode(), one.bytes() - 1, one.key()));
                }
            }
        }
    }

    /** A sample that is an SEI behind all pictures is marked as a key in the sample table of one file; ours are slices only. */
    private static void leaveOutLastSei(
            List<AccessUnit> units, List<List<ProbedPacket>> read, List<List<ProbedPacket>> probed) {
        boolean sliceless = units.getLast() instanceof VideoUnit video
                && video.nalUnits().stream().noneMatch(NalUnit::isSlice);
        if (sliceless) {
            read.getLast().removeLast();
            probed.getLast().removeLast();
        }
    }

    private static void keepsToOneSecond(List<AccessUnit> units) {
        AccessUnit furthest = units.getFirst();
        for (AccessUnit unit : units) {
            assertThat(unit.decodeTime().plusTicks(unit.decodeTime().clockHz() + 1L))
                    .isGreaterThanOrEqualTo(furthest.decodeTime());
            furthest = unit.decodeTime().compareTo(furthest.decodeTime()) > 0 ? unit : furthest;
        }
    }
}
