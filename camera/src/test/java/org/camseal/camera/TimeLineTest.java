package org.camseal.camera;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.camseal.media.AccessUnit;
import org.camseal.media.AudioUnit;
import org.camseal.media.Codec;
import org.camseal.media.MediaTime;
import org.camseal.media.NalUnit;
import org.camseal.media.VideoUnit;
import org.junit.jupiter.api.Test;

class TimeLineTest {
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    private final TimeLine line = new TimeLine();

    private static VideoUnit picture(long decode, long shown, Instant at) {
        NalUnit nal = NalUnit.of(Codec.H264, new byte[] {0x41});
        return new VideoUnit(1, List.of(nal), MediaTime.video(decode), MediaTime.video(shown), at);
    }

    private static AudioUnit sound(long samples, Instant at) {
        return new AudioUnit(2, new byte[1], new MediaTime(samples, 48_000), 1024, at);
    }

    @Test
    void itBeginsAtZeroAndKeepsDistances() {
        VideoUnit first = (VideoUnit) line.place(picture(126_000, 133_200, NOON));
        assertThat(first.decodeTime().ticks()).isZero();
        assertThat(first.presentationTime().ticks()).isEqualTo(7200);
        AccessUnit heard = line.place(sound(67_200, NOON));
        assertThat(heard.decodeTime()).isEqualTo(new MediaTime(0, 48_000));
        assertThat(line.place(picture(129_600, 129_600, NOON)).decodeTime().ticks())
                .isEqualTo(3600);
    }

    @Test
    void aNewSessionGoesOnAfterTheTimeThatPassed() {
        line.place(picture(0, 0, NOON));
        line.place(picture(3600, 3600, NOON.plusMillis(40)));
        line.newSession();
        assertThat(line.place(picture(900_000, 900_000, NOON.plusMillis(5040)))
                        .decodeTime()
                        .ticks())
                .isEqualTo(3600 + 450_000);
    }

    @Test
    void aClockThatWentBackDoesNotTakeTheLineBack() {
        line.place(picture(0, 0, NOON));
        line.newSession();
        assertThat(line.place(picture(0, 0, NOON.minusSeconds(3600)))
                        .decodeTime()
                        .ticks())
                .isEqualTo(3600);
    }

    @Test
    void decodeTimesOfATrackNeverGoBack() {
        line.place(picture(0, 0, NOON));
        line.place(picture(7200, 7200, NOON));
        VideoUnit back = (VideoUnit) line.place(picture(3600, 3600, NOON));
        assertThat(back.decodeTime().ticks()).isEqualTo(7200);
        assertThat(back.presentationTime().ticks()).isEqualTo(3600);
    }
}
