package org.camseal.signing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.camseal.media.Codec;
import org.camseal.media.MediaTime;
import org.camseal.media.VideoUnit;
import org.camseal.signing.wire.OnvifTime;
import org.junit.jupiter.api.Test;

class GroupClockTest {
    private static VideoUnit at(long millis) {
        MediaTime time = MediaTime.video(90 * millis);
        Instant capturedAt = Letters.START.plusMillis(millis);
        return new VideoUnit(1, Letters.nalUnits(Codec.H264, "P"), time, time, capturedAt);
    }

    private static OnvifTime time(long millis) {
        return OnvifTime.of(Letters.START.plusMillis(millis));
    }

    @Test
    void aGroupEndsWhereTheNextOneStarts() {
        GroupClock clock = new GroupClock(at(0));
        List.of(0, 40, 80).forEach(millis -> clock.picture(at(millis)));
        assertThat(clock.isOver(at(119), Duration.ofMillis(120))).isFalse();
        assertThat(clock.isOver(at(120), Duration.ofMillis(120))).isTrue();
        assertThat(clock.nextGroup(at(120))).isEqualTo(time(120));
        assertThat(clock.start()).isEqualTo(time(120));
        clock.picture(at(120));
        assertThat(clock.endOfStream()).isEqualTo(time(160));
    }

    @Test
    void reorderedPicturesDoNotTurnTimeBack() {
        GroupClock clock = new GroupClock(at(1_000));
        assertThat(clock.nextGroup(at(960))).isEqualTo(new OnvifTime(time(1_000).ticks() + 1));
        assertThat(clock.start()).isEqualTo(new OnvifTime(time(1_000).ticks() + 1));
    }

    @Test
    void aClockThatWasSetBackIsAStepThatCanBeSeen() {
        GroupClock clock = new GroupClock(at(3_600_000));
        assertThat(clock.nextGroup(at(0)))
                .isEqualTo(new OnvifTime(time(3_600_000).ticks() + 1));
        assertThat(clock.start()).as("the true time, not a frozen one").isEqualTo(time(0));
        clock.picture(at(0));
        assertThat(clock.nextGroup(at(2_000))).isEqualTo(time(2_000));
    }

    @Test
    void timesAreThoseOfTheFormat() {
        assertThat(OnvifTime.of(Instant.EPOCH).ticks()).isEqualTo(116_444_736_000_000_000L);
        Instant instant = Instant.parse("2026-11-22T03:34:13.644375500Z");
        assertThat(OnvifTime.of(instant).toInstant()).isEqualTo(instant);
        assertThat(new OnvifTime(-1).toInstant()).isAfter(instant);
    }
}
