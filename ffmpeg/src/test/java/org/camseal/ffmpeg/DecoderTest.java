package org.camseal.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.Pointer;
import org.camseal.media.AccessUnit;
import org.camseal.media.AudioFormat;
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

class DecoderTest {
    private static final Instant START = Instant.parse("2026-11-21T23:20:05Z");
    private static final VideoEncoderSettings SMALL = VideoEncoderSettings.of(320, 180, 25, 500_000);

    @Test
    void whatIsDecodedLooksLikeWhatWasEncoded() throws Exception {
        try (VideoEncoder encoder = VideoEncoder.open(1, SMALL);
                Decoder decoder = Decoder.open((VideoFormat) encoder.track().format())) {
            PatternPainter painter = new PatternPainter(320, 180);
            List<DecodedPicture> decoded = new ArrayList<>();
            List<Picture> painted = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                painted.add(painter.paint(i, START.plusMillis(40L * i)));
                decoded.addAll(decoder.decode(encoder.encode(painted.getLast(), MediaTime.video(3600L * i), START)));
            }
            decoded.addAll(decoder.finish());
            assertThat(decoded).hasSize(20);
            for (int i = 0; i < 20; i++) {
                assertThat(decoded.get(i).time()).isEqualTo(MediaTime.video(3600L * i));
                assertThat(decoded.get(i).picture().psnr(painted.get(i))).isGreaterThan(26);
            }
        }
    }

    @Test
    void bytesThatAreNoPictureAreRefusedAndTheDecoderGoesOn() throws Exception {
        try (TestPattern pattern = TestPattern.open(new TestPatternSettings(SMALL, false), START);
                Decoder decoder =
                        Decoder.open((VideoFormat) pattern.tracks().getFirst().format())) {
            VideoUnit key = (VideoUnit) pattern.next();
            VideoUnit broken = key.withNalUnits(List.of(NalUnit.of(Codec.H264, new byte[] {0x65})));
            assertThatThrownBy(() -> decoder.decode(broken))
                    .isInstanceOf(CoderException.class)
                    .hasMessageContaining("h264");
            List<DecodedPicture> decoded = new ArrayList<>(decoder.decode(key));
            decoded.addAll(decoder.finish());
            assertThat(decoded).hasSize(1);
        }
    }

    @Test
    void aPictureOfAnotherSizeIsABug() throws Exception {
        try (VideoEncoder encoder = VideoEncoder.open(1, SMALL)) {
            assertThatThrownBy(() -> encoder.encode(Picture.black(640, 360), MediaTime.video(0), START))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void aForeignDecoderSeesEveryPictureAndHearsTheSound(@TempDir Path directory) throws Exception {
        ByteArrayOutputStream sound = new ByteArrayOutputStream();
        ByteArrayOutputStream video = new ByteArrayOutputStream();
        int samples = 0;
        try (TestPattern pattern = TestPattern.open(new TestPatternSettings(SMALL, true), START)) {
            for (int pictures = 0; pictures < 100; ) {
                AccessUnit unit = pattern.next();
                switch (unit) {
                    case VideoUnit picture -> {
                        AnnexB.write(picture.nalUnits(), video);
                        pictures++;
                    }
                    case AudioUnit frame -> {
                        sound.writeBytes(adts(pattern.tracks().get(1), frame));
                        samples += frame.samples();
                    }
                }
            }
        }
        Path pictures = Files.write(directory.resolve("pattern.h264"), video.toByteArray());
        assertThat(Peer.FFPROBE
                        .run(List.of(
                                "-v",
                                "error",
                                "-count_frames",
                                "-show_entries",
                                "stream=profile,width,height,r_frame_rate,has_b_frames,nb_read_frames",
                                "-of",
                                "default=nw=1",
                                pictures.toString()))
                        .good()
                        .lines())
                .contains(
                        "profile=Constrained Baseline",
                        "width=320",
                        "height=180",
                        "has_b_frames=0",
                        "nb_read_frames=100");
        Path tone = Files.write(directory.resolve("tone.aac"), sound.toByteArray());
        byte[] pcm = Peer.FFMPEG
                .run(List.of("-v", "error", "-i", tone.toString(), "-f", "s16le", "-ac", "1", "-ar", "48000", "-"))
                .good()
                .output();
        assertThat(pcm.length / 2).isBetween(samples - 2048, samples + 2048);
        assertThat(crossings(pcm, 24_000, 48_000)).isBetween(430, 450);
    }

    /** Rising zero crossings within the samples from..to: half a second of 440 Hz has 220, a whole one 440. */
    private static int crossings(byte[] pcm, int from, int to) {
        int count = 0;
        for (int i = from + 1; i < to; i++) {
            if (sample(pcm, i - 1) < 0 && sample(pcm, i) >= 0) {
                count++;
            }
        }
        return count * 48_000 / (to - from);
    }

    private static int sample(byte[] pcm, int index) {
        return pcm[2 * index + 1] << 8 | (pcm[2 * index] & 0xff);
    }

    private static byte[] adts(Track track, AudioUnit unit) throws Exception {
        assertThat(AacConfig.parse(((AudioFormat) track.format()).decoderConfig())
                        .sampleRateHz())
                .isEqualTo(48_000);
        int length = 7 + unit.frame().length;
        byte[] frame = new byte[length];
        byte[] header = {
            (byte) 0xff,
            (byte) 0xf1,
            0x4c,
            (byte) (0x40 | length >> 11),
            (byte) (length >> 3),
            (byte) (length << 5 | 0x1f),
            (byte) 0xfc
        };
        System.arraycopy(header, 0, frame, 0, 7);
        System.arraycopy(unit.frame(), 0, frame, 7, unit.frame().length);
        return frame;
    }

    @Test
    void closingFreesNativeMemory() throws Exception {
        useAndClose(3);
        long least = Long.MAX_VALUE;
        for (int round = 0; round < 3; round++) {
            long before = Pointer.physicalBytes();
            useAndClose(20);
            least = Math.min(least, Pointer.physicalBytes() - before);
        }
        // The Java heap grows in one round or another; 20 leaked encoders of this size hold more than 50 MB, in every
        // round.
        assertThat(least).isLessThan(50L << 20);
    }

    private static void useAndClose(int times) throws Exception {
        VideoEncoderSettings large = VideoEncoderSettings.of(1280, 720, 25, 2_000_000);
        for (int i = 0; i < times; i++) {
            try (VideoEncoder encoder = VideoEncoder.open(1, large);
                    Decoder decoder = Decoder.open((VideoFormat) encoder.track().format())) {
                decoder.decode(encoder.encode(Picture.black(1280, 720), MediaTime.video(0), START));
                decoder.finish();
            }
        }
    }
}
