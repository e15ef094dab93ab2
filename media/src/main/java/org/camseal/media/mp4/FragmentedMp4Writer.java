package org.camseal.media.mp4;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.camseal.media.AccessUnit;
import org.camseal.media.MediaException;
import org.camseal.media.MediaTime;
import org.camseal.media.Track;
import org.camseal.media.UnitWriter;
import org.camseal.media.VideoUnit;
import org.jspecify.annotations.Nullable;

/**
 * Records to a fragmented MP4 file that a power cut cannot spoil: units are kept in memory until a key picture begins the next group
 * of pictures, then the group is written as one fragment and forced to the disk before anything else. The file grows by whole
 * fragments only; a power cut while one is written costs that fragment, and {@link #recover} or {@link #reopen} cut its torn rest off.
 *
 * <p>A group without end is cut after 10 seconds (2 where no track is video) or 64 MiB, so that memory and loss stay bounded. The
 * initialization segment is written with the first fragment, with the parameter sets of its first key picture where the format has
 * none. What is written comes back exactly from {@link Mp4Reader}: units, order, times, capture times.
 *
 * <p>Confined to one thread. After an {@link IOException} (a full disk) the file has been cut back to its last whole fragment where
 * possible, and the writer writes no more.
 */
public final class FragmentedMp4Writer implements UnitWriter {
    private static final long MAX_PENDING_BYTES = 64L << 20;
    private static final int MAX_SECONDS = 10;
    private static final int MAX_SECONDS_OF_AUDIO = 2;

    private final Path file;
    private final FileChannel channel;
    private final PendingUnits pending;
    private final int maxSeconds;
    private @Nullable Lead lead;
    private long sequence;
    private long length;
    private boolean failed;

    /** @param channel open for writing, of an empty file */
    FragmentedMp4Writer(Path file, FileChannel channel, List<Track> tracks) {
        this.file = file;
        this.channel = channel;
        this.pending = new PendingUnits(tracks);
        this.maxSeconds = pending.cutTrack() == 0 ? MAX_SECONDS_OF_AUDIO : MAX_SECONDS;
    }

    /**
     * Begins a new file.
     *
     * @param tracks at least one, of different numbers
     * @throws java.nio.file.FileAlreadyExistsException where there is one already: recordings are never overwritten
     */
    public static FragmentedMp4Writer create(Path file, List<Track> tracks) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        return new FragmentedMp4Writer(file, channel, tracks);
    }

    /**
     * Goes on with a file of this class: a torn last fragment is cut off first, as {@link #recover} does. The tracks are those of the
     * file.
     *
     * @throws MediaException as {@link #recover}
     */
    public static FragmentedMp4Writer reopen(Path file) throws MediaException, IOException {
        Recovery recovery = recover(file);
        try (ByteSource source = ByteSource.of(file)) {
            RecordingEnd end = RecordingEnd.of(source);
            FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
            FragmentedMp4Writer writer = new FragmentedMp4Writer(file, channel, end.tracks());
            writer.pending.goOnFrom(end.lastDecodeTimes());
            writer.lead = end.lead();
            writer.sequence = end.sequence();
            writer.length = recovery.keptBytes();
            return writer;
        }
    }

    /**
     * Cuts off the torn last fragment of a file of this class, if it has one. Only ever the end of a file is cut: damage with whole
     * fragments behind it is an error, and leaves the file as it is.
     *
     * @throws MediaException Truncated where not even the first fragment is whole (or another program wrote the file), Malformed where it
     *     is damaged elsewhere; the file has not been changed
     */
    public static Recovery recover(Path file) throws MediaException, IOException {
        return Recovery.of(file);
    }

    /** What {@link #recover} would do; changes nothing, and fails as it does. */
    public static Recovery inspect(Path file) throws MediaException, IOException {
        return Recovery.find(file);
    }

    /** The tracks it writes, as given or as found in the file. */
    public List<Track> tracks() {
        return pending.tracks();
    }

    /** Bytes of the file that are on the disk for certain: whole fragments. */
    public long lengthBytes() {
        return length;
    }

    /**
     * Takes one unit. A refused one leaves no trace; others may follow it.
     *
     * @throws MediaException where its times cannot be stored: the decode time is earlier than its track's last one, or earlier than
     *     the first fragment made room for; the capture time is before 1968 or after 2104
     * @throws IllegalArgumentException for a unit of a track that was not declared, or on another clock than its track's
     */
    @Override
    public void write(AccessUnit unit) throws MediaException, IOException {
        if (failed) {
            throw new IOException(file + ": writing failed before; begin a new file");
        }
        pending.check(unit, lead);
        boolean cut = unit.track() == pending.cutTrack() && unit instanceof VideoUnit video && video.isKey();
        boolean full = pending.bytes() + unit.sizeBytes() > MAX_PENDING_BYTES || pending.seconds(unit) >= maxSeconds;
        if (!pending.isEmpty() && (cut || full)) {
            flush(Map.of(unit.track(), unit.decodeTime()), unit);
        }
        pending.add(unit);
    }

    /** Writes what is left as a last fragment, and closes the file. */
    @Override
    public void close() throws IOException {
        try (channel) {
            if (channel.isOpen() && !failed && (lead == null || !pending.isEmpty())) {
                flush(Map.of(), null);
            }
        } catch (MediaException e) {
            throw new IOException(file + ": the last units cannot be stored: " + e.getMessage(), e);
        }
    }

    private void flush(Map<Integer, MediaTime> next, @Nullable AccessUnit coming) throws MediaException, IOException {
        List<byte[]> parts = new ArrayList<>();
        boolean first = lead == null;
        Lead taken = lead == null ? pending.lead() : lead;
        if (first) {
            Instant created = pending.isEmpty()
                    ? Instant.EPOCH
                    : pending.units().getFirst().capturedAt();
            parts.add(FragmentedMp4.initSegment(pending.describedTracks(coming), taken, created));
        }
        if (!pending.isEmpty()) {
            parts.add(FragmentedMp4.fragment(sequence + 1, pending.units(), taken, new HashMap<>(next)));
        }
        parts.add(FragmentTrailer.of(parts.toArray(byte[][]::new)));
        append(parts);
        if (first) {
            forceDirectory();
        }
        lead = taken;
        sequence++;
        pending.clear();
    }

    private void append(List<byte[]> parts) throws IOException {
        ByteBuffer[] buffers = parts.stream().map(ByteBuffer::wrap).toArray(ByteBuffer[]::new);
        long bytes = parts.stream().mapToLong(part -> part.length).sum();
        failed = true;
        try {
            channel.position(length);
            for (long written = 0; written < bytes; ) {
                written += channel.write(buffers);
            }
            channel.force(true);
        } catch (IOException e) {
            cutBack(e);
            throw e;
        }
        failed = false;
        length += bytes;
    }

    private void cutBack(IOException cause) {
        try {
            channel.truncate(length);
        } catch (IOException e) {
            // Then the torn fragment stays until recovery.
            cause.addSuppressed(e);
        }
    }

    /** Makes the new file's name as durable as its contents. */
    private void forceDirectory() {
        Path directory = file.toAbsolutePath().getParent();
        if (directory == null) {
            return;
        }
        try (FileChannel names = FileChannel.open(directory, StandardOpenOption.READ)) {
            names.force(true);
        } catch (IOException _) {
            // Some systems cannot open a directory (Windows); there the file system keeps names safe itself.
        }
    }
}
