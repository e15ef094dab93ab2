package org.camseal.camera;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import org.camseal.ffmpeg.VideoEncoderSettings;
import org.camseal.media.AccessUnit;
import org.camseal.media.VideoUnit;
import org.junit.jupiter.api.Test;

class LocalSourcesTest {
    private final FakeClock clock = new FakeClock();

    @Test
    void theTestPatternComesInRealTimeCapturedNow() throws Exception {
        try (SourceSession session = new TestPatternSource(Films.SMALL).open(clock)) {
            Duration before = clock.uptime();
            AccessUnit last = requireNonNull(session.next());
            for (int i = 0; i < 99; i++) {
                last = requireNonNull(session.next());
            }
            assertThat(clock.uptime().minus(before)).isEqualTo(last.decodeTime().toDuration());
            assertThat(last.capturedAt())
                    .isBetween(clock.instant().minusMillis(1), clock.instant().plusMillis(1));
        }
    }

    @Test
    void aMachineThatIsTooSlowForThePatternLeavesPicturesOut() throws Exception {
        try (SourceSession session = new TestPatternSource(Films.SILENT).open(clock)) {
            session.next();
            clock.pass(Duration.ofSeconds(3));
            session.next();
            VideoUnit next = (VideoUnit) requireNonNull(session.next());
            assertThat(next.capturedAt()).isAfterOrEqualTo(FakeClock.START.plusSeconds(3));
        }
    }

    @Test
    void aMissingDeviceIsNamed() {
        V4l2Source source = new V4l2Source(Path.of("/dev/video977"), VideoEncoderSettings.DEFAULT);
        assertThatThrownBy(() -> source.open(clock))
                .isInstanceOf(SourceException.Unusable.class)
                .hasMessageContaining("/dev/video977: no such device");
    }
}
