package org.camseal.recorder;

import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A segment's name: the UTC time of its first unit to the millisecond, so that names sort as times do and say by themselves when.
 *
 * @param start whole milliseconds, in the years 1970 to 9999
 */
record SegmentName(Instant start) {
    private static final DateTimeFormatter ID =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss.SSS'Z'").withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("uuuu-MM-dd").withZone(ZoneOffset.UTC);
    private static final Pattern SHAPE = Pattern.compile("\\d{8}T\\d{6}\\.\\d{3}Z");

    SegmentName {
        start = Instant.ofEpochMilli(start.toEpochMilli());
    }

    /** The name an id stands for; empty where it is no id, so that nothing from outside becomes a path unseen. */
    static Optional<SegmentName> parse(String id) {
        if (!SHAPE.matcher(id).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new SegmentName(ID.parse(id, Instant::from)));
        } catch (DateTimeParseException notATime) {
            return Optional.empty();
        }
    }

    String id() {
        return ID.format(start);
    }

    Path video(Path cameraDirectory) {
        return day(cameraDirectory).resolve(id() + ".mp4");
    }

    Path log(Path cameraDirectory) {
        return day(cameraDirectory).resolve(id() + ".jsonl");
    }

    private Path day(Path cameraDirectory) {
        return cameraDirectory.resolve(DAY.format(start));
    }
}
