package org.camseal.media.segment;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.camseal.media.AccessUnit;
import org.camseal.media.MediaException;
import org.camseal.media.Track;
import org.camseal.media.mp4.FragmentedMp4Writer;

/**
 * A segment that is being written. A fragment reaches the disk, forced, each time the next key picture comes, so that a power cut costs no more
 * than one group of pictures. Written by one thread; what it has written is asked for by any.
 */
public final class SegmentWriter implements Closeable {
    private final SegmentName name;
    private final Path file;
    private final FragmentedMp4Writer writer;
    private long units;
    private volatile long wholeUnits;
    private volatile long wholeBytes;
    private volatile boolean open = true;
    private volatile Instant end;

    private SegmentWriter(SegmentName name, Path file, FragmentedMp4Writer writer) {
        this.name = name;
        this.file = file;
        this.writer = writer;
        this.end = name.start();
    }

    /**
     * Begins the file.
     *
     * @param directory below which the file goes; the directory of its day must be there
     * @throws IOException where it cannot be made, or is there already: recordings are never overwritten
     */
    public static SegmentWriter create(SegmentName name, Path directory, List<Track> tracks) throws IOException {
        Path file = name.video(directory);
        return new SegmentWriter(name, file, FragmentedMp4Writer.create(file, tracks));
    }

    /** When it begins. */
    public SegmentName name() {
        return name;
    }

    /** Where it is written. */
    public Path file() {
        return file;
    }

    /** How many units stand in whole fragments on the disk. */
    public long wholeUnits() {
        return wholeUnits;
    }

    /** How many bytes of the file are on the disk for certain. */
    public long wholeBytes() {
        return wholeBytes;
    }

    /** UTC time of capture of the latest unit so far. */
    public Instant end() {
        return end;
    }

    /** False when the last fragment has been written. */
    public boolean isOpen() {
        return open;
    }

    /**
     * Takes one unit.
     *
     * @return true where this brought a fragment to the disk: all units in front of this one
     * @throws MediaException where its times cannot be stored; it leaves no trace
     * @throws IOException where the disk refuses; nothing more can be written then
     */
    public boolean write(AccessUnit unit) throws MediaException, IOException {
        long before = writer.lengthBytes();
        writer.write(unit);
        boolean flushed = writer.lengthBytes() > before;
        if (flushed) {
            wholeUnits = units;
            wholeBytes = writer.lengthBytes();
        }
        units++;
        if (unit.capturedAt().isAfter(end)) {
            end = unit.capturedAt();
        }
        return flushed;
    }

    /** Writes what is left as the last fragment. */
    @Override
    public void close() throws IOException {
        writer.close();
        wholeUnits = units;
        wholeBytes = writer.lengthBytes();
        open = false;
    }
}
