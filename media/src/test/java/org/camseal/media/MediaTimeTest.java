package org.camseal.media;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MediaTimeTest {
    @Test
    void conversionRoundsToTheNearestTickAndBack() {
        MediaTime frame = new MediaTime(1024L * 1_000_003, 44_100);
        assertThat(frame.in(90_000).in(44_100)).isEqualTo(frame);
        assertThat(new MediaTime(-3, 3).in(90_000)).isEqualTo(MediaTime.video(-90_000));
    }

    @Test
    void orderIsTheInstantsNotTheTicks() {
        assertThat(new MediaTime(48_000, 48_000)).isEqualByComparingTo(MediaTime.video(90_000));
        assertThat(new MediaTime(-1, 8_000)).isLessThan(MediaTime.video(0));
        assertThat(new MediaTime(1, 48_000)).isGreaterThan(MediaTime.video(1));
    }
}
