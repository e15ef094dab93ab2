package org.camseal.cli.evidence;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.camseal.cli.command.CommandFailure;
import org.camseal.cli.command.ExitCode;
import org.camseal.media.segment.SegmentName;

/**
 * The recordings that a user names: a file stands for itself, a directory for the segments of a camera's card or of one camera of a recorder, in the
 * order of the times in their names. Other files in a directory are passed over.
 */
final class RecordingFiles {
    private RecordingFiles() {}

    /** True where one file is meant, rather than what is in directories or several. */
    static boolean isOneFile(List<Path> named) {
        return named.size() == 1 && !Files.isDirectory(named.getFirst());
    }

    /**
     * Files in order.
     *
     * @throws CommandFailure for a directory without segments
     */
    static List<Path> of(List<Path> named) throws IOException, CommandFailure {
        List<Path> files = new ArrayList<>();
        for (Path path : named) {
            if (Files.isDirectory(path)) {
                files.addAll(segments(path));
            } else {
                files.add(path);
            }
        }
        return files;
    }

    /** Where the order of these files comes from. */
    static Seam.Order orderOf(List<Path> named) {
        return named.stream().anyMatch(Files::isDirectory) ? Seam.Order.NAMES : Seam.Order.USER;
    }

    private static List<Path> segments(Path directory) throws IOException, CommandFailure {
        List<Path> found = new ArrayList<>();
        for (SegmentName name : SegmentName.in(directory)) {
            found.add(name.video(directory));
        }
        if (found.isEmpty()) {
            found.addAll(ofOneDay(directory));
        }
        if (found.isEmpty()) {
            throw new CommandFailure(
                    ExitCode.IO,
                    directory + ": no segments in it",
                    "a card has them as 2026-11-21/20261121T100000.123Z.mp4; name other files one by one");
        }
        return found;
    }

    /** Of a directory of a day, whose segments stand in it themselves. */
    private static List<Path> ofOneDay(Path day) throws IOException {
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(day, "*.mp4")) {
            for (Path file : files) {
                String name = file.getFileName().toString();
                if (SegmentName.parse(name.substring(0, name.length() - ".mp4".length()))
                        .isPresent()) {
                    found.add(file);
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        Collections.sort(found); // names sort as times do
        return found;
    }
}
