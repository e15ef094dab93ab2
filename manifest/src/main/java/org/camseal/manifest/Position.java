package org.camseal.manifest;

import java.time.Instant;
import java.util.OptionalLong;
import org.camseal.media.MediaTime;

/**
 * A place in a recording.
 *
 * @param accessUnit the unit's index among all units the checker was given, all tracks counted, from 0
 * @param track which of the sealed stream's tracks
 * @param n the package's number in its track and epoch, where one is meant
 * @param time the unit's decode time, as the container gives it
 * @param capturedAt the unit's UTC time, as the container gives it
 */
public record Position(long accessUnit, SealedTrack track, OptionalLong n, MediaTime time, Instant capturedAt) {
    /** The same place with a package's number. */
    public Position withN(long number) {
        return new Position(accessUnit, track, OptionalLong.of(number), time, capturedAt);
    }

    @Override
    public String toString() {
        return "unit " + accessUnit + ", "
                + (track == SealedTrack.VIDEO ? "video" : "audio")
                + (n.isPresent() ? " package " + n.getAsLong() : "")
                + ", " + capturedAt;
    }
}
