package org.camseal.camera.card;

import java.nio.file.Path;
import java.time.Duration;

/**
 * How a card is used.
 *
 * @param directory on the card; never made, so that a card that is not there does not fill the disk that it would stand on
 * @param quotaBytes of all segments together, 64 KiB at least; the oldest are deleted first
 * @param segmentLength after which the next segment begins, 1 s to 1 h
 * @param minimumFreeBytes that others on the card shall always have, 0 or more
 * @param queueBytes of units that may wait for the card, 64 KiB to 1 GiB; beyond, whole groups of pictures are lost
 */
public record CardSettings(
        Path directory, long quotaBytes, Duration segmentLength, long minimumFreeBytes, int queueBytes) {
    public CardSettings {
        if (quotaBytes < 1 << 16 || minimumFreeBytes < 0) {
            throw new IllegalArgumentException(
                    quotaBytes + " bytes, " + minimumFreeBytes + " free; at least 65536 and 0 expected");
        }
        if (segmentLength.compareTo(Duration.ofSeconds(1)) < 0 || segmentLength.compareTo(Duration.ofHours(1)) > 0) {
            throw new IllegalArgumentException("segments of " + segmentLength + "; 1 s to 1 h expected");
        }
        if (queueBytes < 1 << 16 || queueBytes > 1 << 30) {
            throw new IllegalArgumentException(queueBytes + " bytes may wait; 65536 to 1073741824 expected");
        }
    }

    /** Segments of a minute, 32 MiB kept free, 32 MiB may wait. */
    public static CardSettings of(Path directory, long quotaBytes) {
        return new CardSettings(directory, quotaBytes, Duration.ofMinutes(1), 32L << 20, 32 << 20);
    }
}
