package org.camseal.recorder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.camseal.media.AccessUnit;
import org.camseal.media.MediaException;
import org.camseal.media.segment.SegmentName;
import org.camseal.media.segment.SegmentWriter;

/**
 * The segment that is being written, with its verdict log. Written by one thread; {@link #describe()} and {@link #wholeUnits()} by any.
 */
final class OpenSegment {
    private final SegmentWriter video;
    private final JsonLines log;
    private final long firstUnit;
    private volatile VerdictCounts verdicts = VerdictCounts.NONE;

    OpenSegment(SegmentWriter video, Path logFile, long firstUnit) throws IOException {
        this.video = video;
        this.firstUnit = firstUnit;
        this.log = JsonLines.open(logFile);
    }

    SegmentName name() {
        return video.name();
    }

    /** The number of its first unit, counted along the connection. */
    long firstUnit() {
        return firstUnit;
    }

    /** True if the unit of that number stands, or will stand, in front of this segment's end. */
    boolean reaches(long number) {
        return video.isOpen() || number < firstUnit + video.wholeUnits();
    }

    /** How many units stand in whole fragments on the disk. */
    long wholeUnits() {
        return video.wholeUnits();
    }

    void write(AccessUnit unit) throws MediaException, IOException {
        video.write(unit);
    }

    void log(GroupVerdict group) throws IOException {
        verdicts = verdicts.plus(group);
        log.append(LogLine.of(group));
    }

    /** Completes the video; verdicts of its last groups may still come. */
    void finishVideo() throws IOException {
        video.close();
    }

    /** Sums up and closes the log. */
    void finishLog() throws IOException {
        try (log) {
            log.append(LogLine.of(describe()));
        }
    }

    Segment describe() {
        long bytes;
        try {
            bytes = Files.size(video.file());
        } catch (IOException gone) {
            bytes = 0;
        }
        return new Segment(name().id(), name().start(), video.end(), bytes, video.isOpen(), 0, "", verdicts);
    }
}
