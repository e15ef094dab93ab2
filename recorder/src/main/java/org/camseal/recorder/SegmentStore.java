package org.camseal.recorder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import org.camseal.media.Track;
import org.camseal.media.segment.SegmentName;
import org.camseal.media.segment.SegmentWriter;
import org.jspecify.annotations.Nullable;

/**
 * All segments of one camera: a directory for each day, in it for each segment {@code <id>.mp4} and {@code <id>.jsonl}, its verdict log,
 * whose last line sums it up. Written by one thread, read by many. Nothing is ever deleted or shortened here.
 */
final class SegmentStore {
    private final Path directory;
    private final ConcurrentSkipListMap<Instant, Segment> finished = new ConcurrentSkipListMap<>();
    private volatile @Nullable OpenSegment current;

    private SegmentStore(Path directory) {
        this.directory = directory;
    }

    /** Opens a camera's directory, making it if needed, and sums up the segments that a power cut left without their last line. */
    static SegmentStore open(Path directory) throws IOException {
        Files.createDirectories(directory);
        SegmentStore store = new SegmentStore(directory);
        for (SegmentName name : SegmentName.in(directory)) {
            store.find(name);
        }
        return store;
    }

    private void find(SegmentName name) throws IOException {
        List<LogLine> lines = JsonLines.read(name.log(directory), LogLine.class);
        Segment segment = SegmentSummary.read(name, lines);
        if (segment == null) {
            segment = SegmentSummary.afterPowerCut(name, name.video(directory), lines);
            try (JsonLines log = JsonLines.open(name.log(directory))) {
                log.append(LogLine.of(segment));
            }
        }
        finished.put(name.start(), segment);
    }

    /** Begins a segment; the one before must have been finished. The name moves on by milliseconds where the clock was set back. */
    OpenSegment begin(Instant start, List<Track> tracks, long firstUnit) throws IOException {
        SegmentName name = SegmentName.free(directory, start);
        Files.createDirectories(name.day(directory));
        OpenSegment segment =
                new OpenSegment(SegmentWriter.create(name, directory, tracks), name.log(directory), firstUnit);
        current = segment;
        return segment;
    }

    /** Takes a segment whose video is complete into the list. */
    void finished(OpenSegment segment) {
        finished.put(segment.name().start(), segment.describe());
        if (current == segment) {
            current = null;
        }
    }

    /** The segment being written now, if any. */
    Optional<OpenSegment> current() {
        return Optional.ofNullable(current);
    }

    /** Segments that have something of the time between, in order. */
    List<Segment> between(Instant from, Instant to) {
        List<Segment> found = new ArrayList<>();
        Instant first = finished.floorKey(from);
        for (Segment segment :
                finished.tailMap(first == null ? from : first, true).values()) {
            if (!segment.start().isBefore(to)) {
                break;
            }
            if (segment.end().isAfter(from)) {
                found.add(segment);
            }
        }
        current()
                .map(OpenSegment::describe)
                .filter(segment -> segment.start().isBefore(to) && segment.end().isAfter(from))
                .ifPresent(found::add);
        return found;
    }

    /** The same segment with what its file looks like now, which whoever checked it before wants to know. */
    Segment look(Segment segment) {
        try {
            BasicFileAttributes file = Files.readAttributes(video(segment), BasicFileAttributes.class);
            String version = Long.toHexString(file.size()) + "-"
                    + Long.toHexString(file.lastModifiedTime().to(TimeUnit.MICROSECONDS));
            return segment.lookedAt(file.size(), version);
        } catch (IOException gone) {
            return segment.lookedAt(0, "gone");
        }
    }

    /** The segment of that id. */
    Optional<Segment> segment(String id) {
        Optional<SegmentName> name = SegmentName.parse(id);
        Optional<Segment> open =
                current().filter(one -> one.name().equals(name.orElse(null))).map(OpenSegment::describe);
        return open.or(() -> name.map(one -> finished.get(one.start())));
    }

    /** The first segment that begins behind the given one. */
    Optional<Segment> after(Segment segment) {
        var next = finished.higherEntry(Instant.ofEpochMilli(segment.start().toEpochMilli()));
        if (next != null) {
            return Optional.of(next.getValue());
        }
        return current().map(OpenSegment::describe).filter(open -> open.start().isAfter(segment.start()));
    }

    /** The file of a segment; the id must come from this store. */
    Path video(Segment segment) {
        return new SegmentName(segment.start()).video(directory);
    }

    /** What was found on arrival, in the order in which it was found. */
    List<GroupVerdict> verdicts(Segment segment) throws IOException {
        List<GroupVerdict> groups = new ArrayList<>();
        for (LogLine line : JsonLines.read(new SegmentName(segment.start()).log(directory), LogLine.class)) {
            if (line.group() != null) {
                groups.add(line.group());
            }
        }
        return groups;
    }

    /** When the recording ended last; empty where there is none. */
    Optional<Instant> lastEnd() {
        var last = finished.lastEntry();
        return last == null ? Optional.empty() : Optional.of(last.getValue().end());
    }
}
