package org.camseal.manifest;

import java.util.Optional;

/** The tracks a sealed stream can have. A container numbers its tracks as it likes; these numbers are the sealed stream's own. */
public enum SealedTrack {
    /** The pictures. */
    VIDEO(1),
    /** The sound. */
    AUDIO(2);

    private final int number;

    SealedTrack(int number) {
        this.number = number;
    }

    /** The number in manifests, associated data and key derivation. */
    public int number() {
        return number;
    }

    /** The track of a number; empty for a number that format 1 does not know. */
    public static Optional<SealedTrack> ofNumber(long number) {
        for (SealedTrack track : values()) {
            if (track.number == number) {
                return Optional.of(track);
            }
        }
        return Optional.empty();
    }
}
