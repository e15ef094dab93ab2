package org.camseal.media.mp4;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.camseal.media.MediaException;
import org.camseal.media.MediaTime;
import org.camseal.media.TruncatedException;
import org.jspecify.annotations.Nullable;

/**
 * All samples of a file in the order in which they are returned: the plain sample table first, then fragment after fragment; in each of
 * these by place in the file, but no track more than a second of decode time ahead of another.
 */
final class SampleQueue {
    private static final int MAX_SAMPLE_BYTES = 64 << 20;
    private static final int MAX_EMPTY_SAMPLES = 1 << 20;

    private final ByteSource source;
    private final Movie movie;
    private final FileWalk walk;
    private final List<SampleCursor> cursors = new ArrayList<>();
    private @Nullable SampleCursor taken;
    private long bytes;
    private int empties;

    SampleQueue(ByteSource source, Movie movie, CaptureClock clock) throws MediaException {
        this.source = source;
        this.movie = movie;
        this.walk = new FileWalk(source, movie, clock);
        for (MovieTrack track : movie.tracks()) {
            cursors.add(new TableCursor(track));
        }
    }

    /** The next sample, all of whose bytes the file has; null behind the last. */
    @Nullable
    Sample next() throws MediaException, IOException {
        if (taken != null) {
            SampleCursor cursor = taken;
            taken = null;
            cursor.advance();
        }
        while (true) {
            SampleCursor cursor = choose();
            Sample sample = cursor == null ? null : cursor.current();
            if (sample != null) {
                check(sample);
                taken = cursor;
                return sample;
            }
            Fragment fragment = movie.fragmented() ? walk.next() : null;
            if (fragment == null) {
                return null;
            }
            cursors.clear();
            cursors.addAll(fragment.cursors());
        }
    }

    private @Nullable SampleCursor choose() {
        MediaTime earliest = null;
        for (SampleCursor cursor : cursors) {
            Sample sample = cursor.current();
            if (sample != null && (earliest == null || sample.decode().compareTo(earliest) < 0)) {
                earliest = sample.decode();
            }
        }
        if (earliest == null) {
            return null;
        }
        MediaTime latest = earliest.plusTicks(earliest.clockHz());
        SampleCursor chosen = null;
        long lowest = Long.MAX_VALUE;
        for (SampleCursor cursor : cursors) {
            Sample sample = cursor.current();
            if (sample != null && sample.offset() < lowest && sample.decode().compareTo(latest) <= 0) {
                chosen = cursor;
                lowest = sample.offset();
            }
        }
        return chosen;
    }

    private void check(Sample sample) throws MediaException {
        String where = "a sample of " + sample.size() + " bytes at byte " + sample.offset();
        if (sample.offset() < 0 || sample.size() > MAX_SAMPLE_BYTES) {
            throw sample.track().malformed(where + "; " + MAX_SAMPLE_BYTES + " bytes at most expected");
        }
        if (sample.offset() > source.length() - sample.size()) {
            throw new TruncatedException("MP4 file, track " + sample.track().id() + ": " + where
                    + "; the file ends at byte " + source.length());
        }
        bytes += sample.size();
        empties += sample.size() == 0 ? 1 : 0;
        if (bytes > 2 * source.length() || empties > MAX_EMPTY_SAMPLES) {
            throw sample.track().malformed(where + ": samples lie on top of each other, or are mostly empty");
        }
    }
}
