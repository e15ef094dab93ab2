package org.camseal.media.segment;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A segment's name: the UTC time of its first unit to the millisecond, so that names sort as times do and say by themselves when.
 *
 * @param start whole milliseconds, in the years 1970 to 9999
 */
public record SegmentName(Instant start) {
    private static final DateTimeFormatter ID =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss.SSS'Z'").withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("uuuu-MM-dd").withZone(ZoneOffset.UTC);
    private static final String VIDEO = ".mp4";
    private static final Pattern SHAPE = Pattern.compile("\\d{8}T\\d{6}\\.\\d{3}Z");

    public SegmentName {
        start = Instant.ofEpochMilli(start.toEpochMilli());
    }

    /** The name an id stands for; empty where it is no id, so that nothing from outside becomes a path unseen. */
    public static Optional<SegmentName> parse(String id) {
        if (!SHAPE.matcher(id).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new SegmentName(ID.parse(id, Instant::from)));
        } catch (DateTimeParseException notATime) {
            return Optional.empty();
        }
    }

    /** As in a file name: {@code 20261114T101500.123Z}. */
    public String id() {
        return ID.format(start);
    }

    /** The segment itself, in a directory for its day. */
    public Path video(Path directory) {
        return day(directory).resolve(id() + VIDEO);
    }

    /** The log beside it. */
    public Path log(Path directory) {
        return day(directory).resolve(id() + ".jsonl");
    }

    /** The directory for its day. */
    public Path day(Path directory) {
        return directory.resolve(DAY.format(start));
    }

    /** All segments below a directory, by their names, in order; other files are passed over. */
    public static List<SegmentName> in(Path directory) throws IOException {
        List<SegmentName> names = new ArrayList<>();
        try (DirectoryStream<Path> days = Files.newDirectoryStream(directory, Files::isDirectory)) {
            for (Path day : days) {
                try (DirectoryStream<Path> files = Files.newDirectoryStream(day, "*" + VIDEO)) {
                    for (Path file : files) {
                        String name = file.getFileName().toString();
                        parse(name.substring(0, name.length() - VIDEO.length()))
                                .filter(found -> found.video(directory).equals(file))
                                .ifPresent(names::add);
                    }
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        names.sort(Comparator.comparing(SegmentName::start));
        return names;
    }

    /** The first name from a time on that no file has: it moves on by milliseconds where the clock was set back. */
    public static SegmentName free(Path directory, Instant start) {
        SegmentName name = new SegmentName(start);
        while (Files.exists(name.video(directory)) || Files.exists(name.log(directory))) {
            name = new SegmentName(name.start().plusMillis(1));
        }
        return name;
    }
}
