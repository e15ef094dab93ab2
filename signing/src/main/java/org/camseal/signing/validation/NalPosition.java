package org.camseal.signing.validation;

import java.time.Instant;
import org.camseal.media.MediaTime;

/**
 * A place in signed video.
 *
 * @param nalUnit the NAL unit's index among all that the validator was given, from 0
 * @param accessUnit the access unit's index among all that the validator was given, from 0
 * @param time the access unit's decode time, as the container gives it
 * @param capturedAt the access unit's UTC time, as the container gives it
 */
public record NalPosition(long nalUnit, long accessUnit, MediaTime time, Instant capturedAt) {
    @Override
    public String toString() {
        return "picture " + accessUnit + ", NAL unit " + nalUnit + ", at " + time;
    }
}
