package org.camseal.streaming.server;

/**
 * How a live stream is handed to its readers.
 *
 * @param start where a new reader starts
 * @param queueBytes payload that may wait for one reader before it loses whole groups of pictures; 64 KiB to 1 GiB
 * @param groupBytes of the largest group of pictures that is kept for new readers; 64 KiB to 1 GiB
 */
public record LiveStreamSettings(Start start, int queueBytes, int groupBytes) {
    /** Where a new reader starts. */
    public enum Start {
        /** At the key frame of the current group of pictures, which is kept: playing starts at once, up to one group behind. */
        CURRENT_GROUP,
        /** At the next key frame: nothing is kept, and playing starts later, with the least delay behind the camera. */
        NEXT_KEY
    }

    /** The current group at once; 8 MiB per reader, groups up to 16 MiB. */
    public static final LiveStreamSettings STANDARD = new LiveStreamSettings(Start.CURRENT_GROUP, 8 << 20, 16 << 20);

    public LiveStreamSettings {
        if (queueBytes < 1 << 16 || queueBytes > 1 << 30 || groupBytes < 1 << 16 || groupBytes > 1 << 30) {
            throw new IllegalArgumentException(
                    queueBytes + " and " + groupBytes + " bytes; 65536 to 1073741824 expected");
        }
    }
}
