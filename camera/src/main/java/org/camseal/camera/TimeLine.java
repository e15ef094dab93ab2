package org.camseal.camera;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.camseal.media.AccessUnit;
import org.camseal.media.AudioUnit;
import org.camseal.media.MediaTime;
import org.camseal.media.VideoUnit;
import org.jspecify.annotations.Nullable;

/**
 * One time line for the sessions of a source: it begins at zero, each session goes on where the last ended, and the time without
 * pictures between them passes on it too. Decode times never go back.
 */
final class TimeLine {
    private static final long SHORTEST_GAP_TICKS = MediaTime.VIDEO_CLOCK_HZ / 25;
    private static final Duration LONGEST_GAP = Duration.ofDays(3650);

    private final Map<Integer, MediaTime> lastOfTrack = new HashMap<>();
    private @Nullable Instant lastCapture;
    private long lastTicks;
    private long offset;
    private boolean sessionBegan;

    /** The next unit is the first of a new session. */
    void newSession() {
        sessionBegan = false;
    }

    /** Capture time of the latest unit, null before the first. */
    @Nullable
    Instant lastCapture() {
        return lastCapture;
    }

    /** The unit at its place on the line. */
    AccessUnit place(AccessUnit unit) {
        if (!sessionBegan) {
            sessionBegan = true;
            offset = beginning(unit.capturedAt()) - ticks(unit);
        }
        AccessUnit placed = notBack(Retimed.by(unit, offset, unit.capturedAt()));
        lastOfTrack.put(placed.track(), placed.decodeTime());
        lastTicks = Math.max(lastTicks, ticks(placed));
        lastCapture = placed.capturedAt();
        return placed;
    }

    private long beginning(Instant capturedAt) {
        if (lastCapture == null) {
            return 0;
        }
        Duration gap = Duration.between(lastCapture, capturedAt);
        Duration bounded = gap.compareTo(LONGEST_GAP) > 0 ? LONGEST_GAP : gap;
        long ticks = bounded.toMillis() * (MediaTime.VIDEO_CLOCK_HZ / 1000);
        return lastTicks + Math.max(SHORTEST_GAP_TICKS, ticks);
    }

    private AccessUnit notBack(AccessUnit unit) {
        MediaTime last = lastOfTrack.get(unit.track());
        if (last == null || unit.decodeTime().compareTo(last) >= 0) {
            return unit;
        }
        return switch (unit) {
            case VideoUnit video ->
                new VideoUnit(video.track(), video.nalUnits(), last, video.presentationTime(), video.capturedAt());
            case AudioUnit audio ->
                new AudioUnit(audio.track(), audio.frame(), last, audio.samples(), audio.capturedAt());
        };
    }

    private static long ticks(AccessUnit unit) {
        return unit.decodeTime().in(MediaTime.VIDEO_CLOCK_HZ).ticks();
    }
}
