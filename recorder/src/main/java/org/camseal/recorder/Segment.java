package org.camseal.recorder;

import java.time.Instant;

/**
 * One stored file of a camera: about a minute of sealed video, playable in length only, by nobody without a grant.
 *
 * @param id UTC time of its first unit, as in its file name: {@code 20261114T101500.123Z}
 * @param start UTC time of its first unit
 * @param end UTC time of its last unit's end, as far as written
 * @param bytes of the file
 * @param open true while it is being written
 * @param tornBytes behind the last whole fragment: what a power cut left; kept as it is
 * @param version another text after every write to the file, as far as its size and time tell; empty where it was not looked at
 * @param verdicts what the recorder found on arrival
 */
public record Segment(
        String id,
        Instant start,
        Instant end,
        long bytes,
        boolean open,
        long tornBytes,
        String version,
        VerdictCounts verdicts) {
    /** The same segment as its file looks now. */
    Segment lookedAt(long sizeBytes, String fileVersion) {
        return new Segment(id, start, end, sizeBytes, open, tornBytes, fileVersion, verdicts);
    }
}
