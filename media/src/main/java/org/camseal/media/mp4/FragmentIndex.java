package org.camseal.media.mp4;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.camseal.media.AccessUnit;
import org.camseal.media.MediaException;
import org.camseal.media.MediaTime;
import org.camseal.media.Track;
import org.camseal.media.TruncatedException;
import org.jspecify.annotations.Nullable;

/**
 * The whole fragments of a file of {@link FragmentedMp4Writer}: where each lies and of when it is, so that one can be read without those in front
 * of it. Made from the boxes' heads alone; no picture is read. A fragment that is still being written, or was torn by a power cut, is not in it.
 */
public final class FragmentIndex {
    private static final int MAX_MOOF_BYTES = 16 << 20;
    private static final int MAX_PRFT_BYTES = 1024;
    private static final int MAX_CHUNK_BYTES = 128 << 20;

    /**
     * One fragment.
     *
     * @param offset of its first byte in the file
     * @param length in bytes, with all that was written with it
     * @param from UTC time of capture of its first picture, or of its first unit where it has no picture
     * @param to UTC time of capture of its latest unit
     * @param start presentation time of the unit that {@code from} is of
     * @param end presentation time of the last unit of that track
     */
    public record Entry(long offset, long length, Instant from, Instant to, MediaTime start, MediaTime end) {}

    private final Path file;
    private final List<Track> tracks;
    private final long headLength;
    private final List<Entry> entries;

    private FragmentIndex(Path file, List<Track> tracks, long headLength, List<Entry> entries) {
        this.file = file;
        this.tracks = List.copyOf(tracks);
        this.headLength = headLength;
        this.entries = List.copyOf(entries);
    }

    /**
     * Looks at a file as it is now.
     *
     * @throws MediaException where its head is not whole, or not of the writer named above
     */
    public static FragmentIndex of(Path file) throws MediaException, IOException {
        try (ByteSource source = ByteSource.of(file)) {
            FileBox moov = FileWalk.findMovie(source);
            Movie movie = Movie.read(moov.load(source, FileWalk.MAX_MOVIE_BYTES), source.length());
            List<Entry> entries = new Walk(source, movie).entries();
            return new FragmentIndex(
                    file, movie.tracks().stream().map(MovieTrack::track).toList(), moov.end(), entries);
        }
    }

    /** The tracks of all its units. */
    public List<Track> tracks() {
        return tracks;
    }

    /** The fragments in their order. */
    public List<Entry> entries() {
        return entries;
    }

    /**
     * The units of one fragment, in the order in which they were written. Memory is that of the fragment, twice.
     *
     * @throws MediaException where the bytes are no longer what they were
     */
    public List<AccessUnit> read(Entry entry) throws MediaException, IOException {
        if (entry.length() > MAX_CHUNK_BYTES) {
            throw new TruncatedException(file + ": a fragment of " + entry.length() + " bytes");
        }
        int head = entry.offset() == 0 ? 0 : (int) headLength;
        ByteBuffer bytes = ByteBuffer.allocate(head + (int) entry.length());
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            fill(channel, 0, bytes.slice(0, head));
            fill(channel, entry.offset(), bytes.slice(head, (int) entry.length()));
        }
        List<AccessUnit> units = new ArrayList<>();
        try (Mp4Reader reader = Mp4Reader.of(bytes.array())) {
            for (AccessUnit unit = reader.next(); unit != null; unit = reader.next()) {
                units.add(unit);
            }
        }
        return units;
    }

    private void fill(FileChannel channel, long offset, ByteBuffer bytes) throws MediaException, IOException {
        while (bytes.hasRemaining()) {
            if (channel.read(bytes, offset + bytes.position()) < 0) {
                throw new TruncatedException(file + ": became shorter while it was read");
            }
        }
    }

    /** Goes from box to box, as long as they are whole. */
    private static final class Walk {
        private final ByteSource source;
        private final Movie movie;
        private final CaptureClock clock;
        private final List<Entry> entries = new ArrayList<>();
        private long chunkStart;
        private @Nullable Fragment fragment;

        Walk(ByteSource source, Movie movie) {
            this.source = source;
            this.movie = movie;
            this.clock = new CaptureClock(movie);
        }

        List<Entry> entries() throws IOException {
            long position = 0;
            try {
                while (position < source.length()) {
                    FileBox box = FileBox.at(source, position);
                    if (!box.isWhole(source)) {
                        break;
                    }
                    take(box);
                    position = box.end();
                }
            } catch (MediaException torn) {
                // What is whole in front of it counts; who reads the file from end to end is told of the rest.
            }
            return entries;
        }

        private void take(FileBox box) throws MediaException, IOException {
            switch (box.type()) {
                case "prft" -> clock.accept(box.load(source, MAX_PRFT_BYTES));
                case "moof" ->
                    fragment = Fragment.read(box.load(source, MAX_MOOF_BYTES), box.start(), movie, source.length());
                case "uuid" -> {
                    FragmentTrailer trailer = FragmentTrailer.at(source, box);
                    if (trailer != null && trailer.length() == box.start() - chunkStart) {
                        Fragment whole = fragment;
                        if (whole != null) {
                            add(whole, box.end());
                        }
                        chunkStart = box.end();
                        fragment = null;
                    }
                }
                default -> {}
            }
        }

        private void add(Fragment whole, long end) throws MediaException {
            Sample first = null;
            Sample last = null;
            Instant latest = Instant.MIN;
            for (SampleCursor cursor : whole.cursors()) {
                Sample head = cursor.current();
                boolean leads = head != null && (first == null || (isVideo(head) && !isVideo(first)));
                first = leads ? head : first;
                for (Sample sample = head; sample != null; sample = cursor.current()) {
                    Instant at = clock.capturedAt(sample);
                    latest = at.isAfter(latest) ? at : latest;
                    last = leads ? sample : last;
                    cursor.advance();
                }
            }
            if (first != null && last != null) {
                entries.add(new Entry(
                        chunkStart,
                        end - chunkStart,
                        clock.capturedAt(first),
                        latest,
                        first.presentation(),
                        last.presentation()));
            }
        }

        private static boolean isVideo(Sample sample) {
            return sample.track().track().format().codec().isVideo();
        }
    }
}
