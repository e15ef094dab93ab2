package org.camseal.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.camseal.media.VideoFormat;
import org.camseal.media.VideoUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** FFmpeg's virtual device stands in for a camera: it gives raw pictures through the same calls as Video4Linux2 does. */
class CaptureDeviceTest {
    private static final Instant NOW = Instant.parse("2026-11-21T23:20:05Z");
    private static final VideoEncoderSettings SETTINGS = VideoEncoderSettings.of(320, 240, 25, 500_000);

    @BeforeEach
    void theDeviceLibraryLoads() {
        try {
            Native.loadDevices();
        } catch (FFmpegMissingException e) {
            Assumptions.abort(String.valueOf(e.getMessage()));
        }
    }

    @Test
    void rawPicturesAreScaledAndEncoded() throws Exception {
        try (CaptureDevice device = CaptureDevice.open(
                        "lavfi", "color=c=white:size=640x480:rate=25", Map.of(), SETTINGS, InstantSource.fixed(NOW));
                Decoder decoder =
                        Decoder.open((VideoFormat) device.tracks().getFirst().format())) {
            int pictures = 0;
            for (int i = 0; i < 30; i++) {
                VideoUnit unit = (VideoUnit) device.next();
                assertThat(unit.decodeTime().ticks()).isEqualTo(3600L * i);
                assertThat(unit.capturedAt()).isEqualTo(NOW);
                for (DecodedPicture decoded : decoder.decode(unit)) {
                    assertThat(decoded.picture().width()).isEqualTo(320);
                    assertThat(decoded.picture().luma(160, 120)).isGreaterThan(225);
                    pictures++;
                }
            }
            assertThat(pictures).isPositive();
        }
    }

    @Test
    void aMissingDeviceIsNamedTogetherWithTheWayToFindOthers() {
        assertThatThrownBy(() -> CaptureDevice.openV4l2(Path.of("/dev/video977"), SETTINGS, InstantSource.system()))
                .isInstanceOf(DeviceException.class)
                .hasMessageContaining("/dev/video977: no such device")
                .hasMessageContaining("v4l2-ctl --list-devices");
    }

    @Test
    void whatIsNoVideoDeviceIsRefused(@TempDir Path directory) throws Exception {
        Path file = Files.writeString(directory.resolve("video0"), "not a device");
        assertThatThrownBy(() -> CaptureDevice.openV4l2(file, SETTINGS, InstantSource.system()))
                .isInstanceOf(DeviceException.class)
                .hasMessageContaining("video0: ");
    }

    @Test
    void aDeviceThatEndsSaysSo() throws Exception {
        try (CaptureDevice device = CaptureDevice.open(
                "lavfi", "color=size=320x240:rate=25:duration=0.2", Map.of(), SETTINGS, InstantSource.fixed(NOW))) {
            assertThatThrownBy(() -> {
                        for (int i = 0; i < 10; i++) {
                            device.next();
                        }
                    })
                    .isInstanceOf(DeviceException.class)
                    .hasMessageContaining("stopped giving pictures");
        }
    }
}
