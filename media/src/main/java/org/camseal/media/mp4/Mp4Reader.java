package org.camseal.media.mp4;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.camseal.media.AccessUnit;
import org.camseal.media.AudioUnit;
import org.camseal.media.MalformedException;
import org.camseal.media.MediaException;
import org.camseal.media.NalUnit;
import org.camseal.media.Track;
import org.camseal.media.TruncatedException;
import org.camseal.media.UnitReader;
import org.camseal.media.VideoFormat;
import org.camseal.media.VideoUnit;
import org.camseal.media.annexb.LengthPrefixed;
import org.jspecify.annotations.Nullable;

/**
 * Reads MP4 and QuickTime files: plain ones with sample tables, fragmented ones, and those that begin plain and go on in fragments. H.264,
 * H.265, AAC, Opus and G.711; {@link #remarks()} names tracks of other kinds, which are left out.
 *
 * <p>Units come in the order in which the file stores them, as long as the tracks do not run apart by more than a second of decode
 * time; where they do (a file that is not interleaved), the track that is behind goes on first. Times have the edit list applied, on
 * the track's clock, rounded to the nearest tick where the file's time scale is another one. Of G.711 that QuickTime counts by the
 * sample, runs of 1024 samples are units.
 *
 * <p>The capture time is the one that prft boxes give; {@link FragmentedMp4Writer} stores it exactly. Else it is the file's date plus
 * the unit's time, or the epoch where the file has no date.
 *
 * <p>Of a file that was torn while it was written, the whole fragments are returned, then {@link TruncatedException} is thrown. Memory
 * is that of the file's box tables (256 MiB at most) and one sample (64 MiB at most). No more sample bytes are returned than twice the
 * file's length, so that a small file cannot keep a reader busy for long.
 */
public final class Mp4Reader implements UnitReader {
    private final ByteSource source;
    private final Movie movie;
    private final SampleQueue queue;
    private final CaptureClock clock;
    private @Nullable MediaException failure;

    private Mp4Reader(ByteSource source) throws MediaException, IOException {
        this.source = source;
        FileBox moov = FileWalk.findMovie(source);
        this.movie = Movie.read(moov.load(source, FileWalk.MAX_MOVIE_BYTES), source.length());
        this.clock = new CaptureClock(movie);
        this.queue = new SampleQueue(source, movie, clock);
    }

    /**
     * Opens a file and reads its head.
     *
     * @throws MediaException where it is no MP4, its head is torn off or broken, or no track of it can be read
     */
    public static Mp4Reader open(Path file) throws MediaException, IOException {
        return open(ByteSource.of(file));
    }

    /** Reads a file in memory, such as an initialization segment with fragments behind it. Shares the array. */
    public static Mp4Reader of(byte[] file) throws MediaException, IOException {
        return open(ByteSource.of(file));
    }

    private static Mp4Reader open(ByteSource source) throws MediaException, IOException {
        try {
            return new Mp4Reader(source);
        } catch (MediaException | IOException | RuntimeException e) {
            source.close();
            throw e;
        }
    }

    /** Numbered by track_ID where all of these are at most 255, else by their order. */
    @Override
    public List<Track> tracks() {
        return movie.tracks().stream().map(MovieTrack::track).toList();
    }

    /** What of the file is not read: tracks that are left out and why, edit lists that say more than a shift. One line each. */
    public List<String> remarks() {
        return movie.remarks();
    }

    /** After an exception, throws the same again. */
    @Override
    public @Nullable AccessUnit next() throws MediaException, IOException {
        if (failure != null) {
            throw failure;
        }
        try {
            for (Sample sample = queue.next(); sample != null; sample = queue.next()) {
                AccessUnit unit = unit(sample);
                if (unit != null) {
                    return unit;
                }
            }
            return null;
        } catch (MediaException e) {
            failure = e;
            throw e;
        }
    }

    @Override
    public void close() throws IOException {
        source.close();
    }

    /** Null for a sample of video without NAL units: some writers end a track so. */
    private @Nullable AccessUnit unit(Sample sample) throws MediaException, IOException {
        byte[] bytes = source.read(sample.offset(), (int) sample.size());
        Track track = sample.track().track();
        if (!(track.format() instanceof VideoFormat video)) {
            long samples = Math.max(1, sample.duration() + sample.detail().samples());
            if (samples > Integer.MAX_VALUE) {
                throw sample.track().malformed("an audio frame of " + samples + " samples");
            }
            return new AudioUnit(track.number(), bytes, sample.presentation(), (int) samples, clock.capturedAt(sample));
        }
        List<NalUnit> nalUnits;
        try {
            nalUnits = LengthPrefixed.split(video.codec(), bytes, sample.track().nalLengthSize());
        } catch (TruncatedException e) {
            // The sample is whole; it is its lengths that do not add up, which is no torn file.
            throw (MalformedException) new MalformedException("MP4 file, track "
                            + sample.track().id() + ", sample at byte " + sample.offset() + ": " + e.getMessage())
                    .initCause(e);
        }
        if (nalUnits.isEmpty()) {
            return null;
        }
        return new VideoUnit(
                track.number(), nalUnits, sample.decode(), sample.presentation(), clock.capturedAt(sample));
    }
}
