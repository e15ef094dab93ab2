package org.camseal.streaming.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.camseal.media.MediaTime;
import org.junit.jupiter.api.Test;

class PaceTest {
    private static final long MILLI = 1_000_000L;
    private final Pace pace = Pace.ofLive();

    /** At 25 pictures a second. */
    private long delayOf(int picture, long nowMillis) {
        return pace.delayNanos(MediaTime.video(picture * 3_600L), nowMillis * MILLI);
    }

    @Test
    void whatIsLiveNeverWaits() {
        for (int i = 0; i < 100; i++) {
            assertThat(delayOf(i, i * 40L)).isZero();
        }
    }

    @Test
    void aBacklogIsSentOneAndAHalfTimesAsFastAsItWasRecorded() {
        long now = 0;
        for (int i = 0; i <= 75; i++) { // three seconds that all wait
            now += delayOf(i, now / MILLI);
        }
        assertThat(now).isBetween(1_990 * MILLI, 2_010 * MILLI);
    }

    @Test
    void picturesOutOfOrderCostNoTime() {
        long now = 0;
        for (int picture : new int[] {0, 3, 1, 2, 6, 4, 5, 9, 7, 8}) {
            now += delayOf(picture, now / MILLI);
        }
        assertThat(now).isBetween(238 * MILLI, 241 * MILLI);
    }

    @Test
    void aGapInTheTimesCostsHalfASecondAtMost() {
        assertThat(delayOf(0, 0)).isZero();
        assertThat(delayOf(1_000_000, 1)).isBetween(490 * MILLI, 500 * MILLI);
        assertThat(delayOf(5, 600)).as("and back").isZero();
    }

    @Test
    void aRecordingWaitsAsItsSpeedSays() {
        Pace twice = Pace.ofRecording(2);
        assertThat(twice.delayNanos(MediaTime.video(0), 0)).isZero();
        assertThat(twice.delayNanos(MediaTime.video(90_000), 0)).isEqualTo(500 * MILLI);
        Pace half = Pace.ofRecording(0.5);
        assertThat(half.delayNanos(MediaTime.video(0), 0)).isZero();
        assertThat(half.delayNanos(MediaTime.video(90_000), 0)).isEqualTo(2_000 * MILLI);
    }
}
