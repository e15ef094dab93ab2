package org.camseal.camera.card;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.camseal.media.Codec;
import org.camseal.media.MediaException;
import org.camseal.media.Track;
import org.camseal.media.mp4.FragmentIndex;
import org.camseal.media.segment.SegmentName;
import org.jspecify.annotations.Nullable;

/** One segment on the card, as its readers see it: whole fragments only. */
final class CardSegment {
    private final SegmentName name;
    private final Path file;
    private volatile long bytes;
    private volatile boolean open;
    private @Nullable Instant end;

    /** @param open while it is being written */
    CardSegment(SegmentName name, Path file, long bytes, boolean open) {
        this.name = name;
        this.file = file;
        this.bytes = bytes;
        this.open = open;
    }

    SegmentName name() {
        return name;
    }

    Path file() {
        return file;
    }

    long bytes() {
        return bytes;
    }

    boolean isOpen() {
        return open;
    }

    /** It has become longer, by whole fragments. */
    synchronized void grown(long wholeBytes, Instant wholeEnd) {
        bytes = wholeBytes;
        end = wholeEnd;
    }

    void finished() {
        open = false;
    }

    /** What is in it now. */
    FragmentIndex index() throws IOException {
        try {
            return FragmentIndex.of(file);
        } catch (MediaException unreadable) {
            throw new IOException(name.id() + ": " + unreadable.getMessage(), unreadable);
        }
    }

    /** UTC time of capture of its last unit; its start where nothing can be read. */
    synchronized Instant end() {
        Instant known = end;
        if (known != null) {
            return known;
        }
        Instant last = name.start();
        try {
            List<FragmentIndex.Entry> entries = index().entries();
            last = entries.isEmpty() ? last : entries.getLast().to();
        } catch (IOException unreadable) {
            // nothing can be said of it; whoever reads it is told why
        }
        end = last;
        return last;
    }

    void delete() throws IOException {
        Files.deleteIfExists(file);
        try {
            Path day = file.getParent();
            if (day != null) {
                Files.deleteIfExists(day);
            }
        } catch (IOException notEmpty) {
            // other segments of that day are in it
        }
    }

    /** True for tracks that can follow each other in one playback: parameter sets may differ, number and codec may not. */
    static boolean fits(List<Track> one, List<Track> other) {
        return kinds(one).equals(kinds(other));
    }

    private record Kind(int number, Codec codec) {}

    private static List<Kind> kinds(List<Track> tracks) {
        return tracks.stream()
                .map(track -> new Kind(track.number(), track.format().codec()))
                .toList();
    }
}
