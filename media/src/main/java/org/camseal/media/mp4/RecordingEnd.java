package org.camseal.media.mp4;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.camseal.media.MediaException;
import org.camseal.media.MediaTime;
import org.camseal.media.Track;

/**
 * What a writer must know to go on with a file.
 *
 * @param sequence of the last fragment; 0 where there is none
 * @param lastDecodeTimes of each track that has samples
 */
record RecordingEnd(List<Track> tracks, Lead lead, long sequence, Map<Integer, MediaTime> lastDecodeTimes) {
    static RecordingEnd of(ByteSource source) throws MediaException, IOException {
        FileBox moov = FileWalk.findMovie(source);
        Movie movie = Movie.read(moov.load(source, FileWalk.MAX_MOVIE_BYTES), source.length());
        FileWalk walk = new FileWalk(source, movie, new CaptureClock(movie));
        long sequence = 0;
        for (Fragment fragment = walk.next(); fragment != null; fragment = walk.next()) {
            sequence = fragment.sequence();
        }
        Map<Integer, MediaTime> last = new HashMap<>();
        Lead lead = Lead.NONE;
        for (MovieTrack track : movie.tracks()) {
            lead = Lead.ofTicks(-track.editShift(), track.track().format().clockHz());
            if (track.lastDecodeTime() >= 0) {
                last.put(track.track().number(), track.presentation(track.lastDecodeTime()));
            }
        }
        return new RecordingEnd(movie.tracks().stream().map(MovieTrack::track).toList(), lead, sequence, last);
    }
}
