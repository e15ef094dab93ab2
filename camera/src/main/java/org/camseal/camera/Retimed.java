package org.camseal.camera;

import java.time.Instant;
import org.camseal.media.AccessUnit;
import org.camseal.media.AudioUnit;
import org.camseal.media.MediaTime;
import org.camseal.media.VideoUnit;

/** The same unit on another time line. */
final class Retimed {
    private Retimed() {}

    /**
     * Moves a unit.
     *
     * @param videoTicks added to its times, in ticks of 90 kHz, converted to its own clock
     */
    static AccessUnit by(AccessUnit unit, long videoTicks, Instant capturedAt) {
        return switch (unit) {
            case VideoUnit video ->
                new VideoUnit(
                        video.track(),
                        video.nalUnits(),
                        video.decodeTime().plusTicks(videoTicks),
                        video.presentationTime().plusTicks(videoTicks),
                        capturedAt);
            case AudioUnit audio -> {
                int clockHz = audio.decodeTime().clockHz();
                long more = MediaTime.video(videoTicks).in(clockHz).ticks();
                yield new AudioUnit(
                        audio.track(), audio.frame(), audio.decodeTime().plusTicks(more), audio.samples(), capturedAt);
            }
        };
    }
}
