package org.camseal.media;

/**
 * One sequence of access units of one format.
 *
 * @param number 1 to 255, unique in its stream
 */
public record Track(int number, TrackFormat format) {
    public Track {
        if (number < 1 || number > 255) {
            throw new IllegalArgumentException("track " + number + "; 1 to 255 expected");
        }
    }
}
