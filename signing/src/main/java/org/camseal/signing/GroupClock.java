package org.camseal.signing;

import java.time.Duration;
import java.time.Instant;
import org.camseal.media.VideoUnit;
import org.camseal.signing.wire.OnvifTime;

/**
 * The times of a stream's groups: each starts where the one before ended. Should the source's clock be set back, the group at hand ends one
 * tick after its start and the next one starts at the new time, so that the step can be seen.
 */
final class GroupClock {
    /** More than pictures are reordered by. */
    private static final Duration CLOCK_WAS_SET = Duration.ofSeconds(2);

    private OnvifTime start;
    private Instant startedAt;
    private Instant latest;
    private VideoUnit last;
    private long lastTicks;

    GroupClock(VideoUnit first) {
        this.startedAt = first.capturedAt();
        this.start = OnvifTime.of(startedAt);
        this.latest = startedAt;
        this.last = first;
    }

    OnvifTime start() {
        return start;
    }

    /** True if the group at hand would be longer than this with another picture. */
    boolean isOver(VideoUnit next, Duration longest) {
        return Duration.between(startedAt, next.capturedAt()).compareTo(longest) >= 0;
    }

    void picture(VideoUnit unit) {
        lastTicks = Math.max(unit.decodeTime().ticks() - last.decodeTime().ticks(), 0);
        last = unit;
        latest = unit.capturedAt().isAfter(latest) ? unit.capturedAt() : latest;
    }

    /** Ends the group in front of a picture, which leads the next one; returns its end. */
    OnvifTime nextGroup(VideoUnit leader) {
        Instant time = leader.capturedAt();
        OnvifTime end = afterStart(OnvifTime.of(time));
        boolean wasSetBack = time.plus(CLOCK_WAS_SET).isBefore(startedAt);
        start = wasSetBack ? OnvifTime.of(time) : end;
        startedAt = wasSetBack ? time : start.toInstant();
        latest = startedAt;
        return end;
    }

    /** The end of the last group: where the picture behind its last would be. */
    OnvifTime endOfStream() {
        Duration picture = last.decodeTime()
                .plusTicks(lastTicks)
                .toDuration()
                .minus(last.decodeTime().toDuration());
        return afterStart(OnvifTime.of(latest.plus(picture)));
    }

    /** Ticks of the video clock from the last picture to where the one behind it would be, at least 1. */
    long pictureTicks() {
        return Math.max(lastTicks, 1);
    }

    private OnvifTime afterStart(OnvifTime time) {
        return time.compareTo(start) > 0 ? time : new OnvifTime(start.ticks() + 1);
    }
}
