package org.camseal.viewer;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.camseal.media.AccessUnit;
import org.camseal.media.AudioUnit;
import org.camseal.media.MediaTime;
import org.camseal.media.VideoUnit;
import org.jspecify.annotations.Nullable;

/**
 * Puts units on one continuous time line that begins where it is told, whatever the times of the connections they came by: after a gap,
 * and after a camera began anew, the line goes on without a hole. One thread.
 */
final class MediaLine {
    private static final Duration LONGEST_STEP = Duration.ofSeconds(2);
    private static final MediaTime ONE_PICTURE = MediaTime.video(3_600);

    private final long begin;
    private @Nullable VideoUnit last;
    private MediaTime lastStep = ONE_PICTURE;
    private long shift;
    private boolean placed;

    /** A stretch of time that was skipped. */
    record Skip(Instant from, Instant to) {}

    /** @param beginSeconds where the first picture goes */
    MediaLine(double beginSeconds) {
        this.begin = Math.round(beginSeconds * MediaTime.VIDEO_CLOCK_HZ);
    }

    /** Is told of each picture in decode order, before it and the sound after it are placed; says where time was skipped. */
    Optional<Skip> picture(VideoUnit unit) {
        VideoUnit before = last;
        last = unit;
        if (before == null) {
            shift = begin - unit.decodeTime().ticks();
            placed = true;
            return Optional.empty();
        }
        long step = unit.decodeTime().ticks() - before.decodeTime().ticks();
        Duration passed = Duration.between(before.capturedAt(), unit.capturedAt());
        if (step >= 0 && MediaTime.video(step).toDuration().compareTo(LONGEST_STEP) <= 0) {
            lastStep = step == 0 ? lastStep : MediaTime.video(step);
            return Optional.empty();
        }
        shift += lastStep.ticks() - step;
        return passed.compareTo(LONGEST_STEP) > 0
                ? Optional.of(new Skip(before.capturedAt(), unit.capturedAt()))
                : Optional.empty();
    }

    /** The unit at its place; empty for sound in front of the first picture. */
    Optional<AccessUnit> place(AccessUnit unit) {
        if (!placed) {
            return Optional.empty();
        }
        return switch (unit) {
            case VideoUnit video ->
                Optional.of(new VideoUnit(
                        video.track(),
                        video.nalUnits(),
                        video.decodeTime().plusTicks(shift),
                        video.presentationTime().plusTicks(shift),
                        video.capturedAt()));
            case AudioUnit audio -> {
                MediaTime time = audio.decodeTime()
                        .plusTicks(MediaTime.video(shift)
                                .in(audio.decodeTime().clockHz())
                                .ticks());
                yield time.compareTo(MediaTime.video(begin)) < 0
                        ? Optional.empty()
                        : Optional.of(
                                new AudioUnit(audio.track(), audio.frame(), time, audio.samples(), audio.capturedAt()));
            }
        };
    }

    /** Where a picture is shown, in seconds of the line. */
    double shownAt(VideoUnit unit) {
        return seconds(unit.presentationTime().plusTicks(shift));
    }

    /** Where the next picture would be decoded: behind the last one told of. */
    double end() {
        VideoUnit newest = last;
        return newest == null
                ? (double) begin / MediaTime.VIDEO_CLOCK_HZ
                : seconds(newest.decodeTime().plusTicks(shift + lastStep.ticks()));
    }

    /** How long the last picture lasts, as far as can be told. */
    double step() {
        return seconds(lastStep);
    }

    private static double seconds(MediaTime time) {
        return (double) time.ticks() / time.clockHz();
    }
}
