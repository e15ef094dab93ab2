package org.camseal.recorder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.camseal.media.AccessUnit;
import org.camseal.media.MediaException;
import org.camseal.media.Track;
import org.camseal.media.mp4.FragmentedMp4Writer;

/**
 * The segment that is being written. A fragment reaches the disk, forced, each time the next key picture comes, so that a power cut
 * costs no more than one group of pictures. Written by one thread; {@link #describe()} and {@link #wholeUnits()} by any.
 */
final class OpenSegment {
    private final SegmentName name;
    private final Path file;
    private final FragmentedMp4Writer writer;
    private final JsonLines log;
    private final long firstUnit;
    private long units;
    private volatile long wholeUnits;
    private volatile boolean open = true;
    private volatile Instant end;
    private volatile VerdictCounts verdicts = VerdictCounts.NONE;

    OpenSegment(SegmentName name, Path file, Path logFile, List<Track> tracks, long firstUnit) throws IOException {
        this.name = name;
        this.file = file;
        this.firstUnit = firstUnit;
        this.end = name.start();
        this.log = JsonLines.open(logFile);
        this.writer = FragmentedMp4Writer.create(file, tracks);
    }

    SegmentName name() {
        return name;
    }

    /** The number of its first unit, counted along the connection. */
    long firstUnit() {
        return firstUnit;
    }

    /** True if the unit of that number stands, or will stand, in front of this segment's end. */
    boolean reaches(long number) {
        return open || number < firstUnit + wholeUnits;
    }

    /** How many units stand in whole fragments on the disk. */
    long wholeUnits() {
        return wholeUnits;
    }

    void write(AccessUnit unit) throws MediaException, IOException {
        long before = writer.lengthBytes();
        writer.write(unit);
        if (writer.lengthBytes() > before) {
            wholeUnits = units;
        }
        units++;
        if (unit.capturedAt().isAfter(end)) {
            end = unit.capturedAt();
        }
    }

    void log(GroupVerdict group) throws IOException {
        verdicts = verdicts.plus(group);
        log.append(LogLine.of(group));
    }

    /** Completes the video; verdicts of its last groups may still come. */
    void finishVideo() throws IOException {
        writer.close();
        wholeUnits = units;
        open = false;
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
            bytes = Files.size(file);
        } catch (IOException gone) {
            bytes = 0;
        }
        return new Segment(name.id(), name.start(), end, bytes, open, 0, "", verdicts);
    }
}
