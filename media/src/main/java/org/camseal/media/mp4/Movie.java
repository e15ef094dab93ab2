package org.camseal.media.mp4;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.camseal.media.MalformedException;
import org.camseal.media.MediaException;
import org.camseal.media.Track;
import org.camseal.media.UnsupportedException;
import org.jspecify.annotations.Nullable;

/** A moov (ISO/IEC 14496-12 section 8.2): the tracks of the file that are read, and a remark for what is not. */
final class Movie {
    private static final int MAX_TRACKS = 255;

    private final List<MovieTrack> tracks = new ArrayList<>();
    private final List<String> remarks = new ArrayList<>();
    private final Map<Long, MovieTrack.Defaults> defaults = new HashMap<>();
    private boolean fragmented;
    private long timescale;
    private Instant created = Instant.EPOCH;

    private Movie() {}

    static Movie read(BoxBytes moov, long fileLength) throws MediaException {
        Movie movie = new Movie();
        movie.header(moov.demand("mvhd"));
        BoxBytes extends_ = moov.find("mvex");
        if (extends_ != null) {
            movie.fragmented = true;
            movie.defaults(extends_);
        }
        List<TrackBox> boxes = new ArrayList<>();
        for (BoxBytes box = moov.nextBox(); box != null; box = moov.nextBox()) {
            if (box.type().equals("trak")) {
                if (boxes.size() == MAX_TRACKS) {
                    throw moov.malformed("more than " + MAX_TRACKS + " tracks");
                }
                boxes.add(TrackBox.read(box));
            }
        }
        movie.number(boxes, fileLength);
        return movie;
    }

    private void header(BoxBytes mvhd) throws MalformedException {
        int version = mvhd.u8();
        mvhd.skip(3);
        long creation = version == 1 ? mvhd.u64() : mvhd.u32();
        mvhd.skip(version == 1 ? 8 : 4);
        timescale = mvhd.u32();
        if (timescale == 0) {
            throw mvhd.malformed("a time scale of 0");
        }
        // 0 is "not known"; beyond 33 bits it is no date.
        if (creation > 0 && creation < 1L << 33) {
            created = Instant.ofEpochSecond(creation - InitSegment.SECONDS_1904_TO_1970);
        }
    }

    private void defaults(BoxBytes mvex) throws MalformedException {
        for (BoxBytes box = mvex.nextBox(); box != null; box = mvex.nextBox()) {
            if (box.type().equals("trex")) {
                box.skip(4);
                long id = box.u32();
                box.skip(4);
                defaults.put(id, new MovieTrack.Defaults(box.u32(), box.u32()));
            }
        }
    }

    /** Makes tracks of the boxes: numbered by their track_ID where all of these fit, else by their order. */
    private void number(List<TrackBox> boxes, long fileLength) throws MediaException {
        boolean byId = boxes.stream().allMatch(box -> box.id() >= 1 && box.id() <= MAX_TRACKS);
        for (int i = 0; i < boxes.size(); i++) {
            TrackBox box = boxes.get(i);
            if (defaults.putIfAbsent(-1 - box.id(), MovieTrack.Defaults.NONE) != null) {
                throw new MalformedException("MP4 file: two tracks of track_ID " + box.id());
            }
            SampleEntry entry;
            try {
                entry = box.entry();
            } catch (UnsupportedException e) {
                remarks.add("track " + box.id() + " (" + box.handler() + ") is left out: " + e.getMessage());
                continue;
            }
            Track track = new Track(byId ? (int) box.id() : i + 1, entry.format());
            SampleTable table = SampleTable.read(box.sampleTable(), fileLength);
            TrackTimes times = TrackTimes.read(box.trak(), timescale, box.timescale(), remarks);
            tracks.add(new MovieTrack(box.id(), track, times, entry.nalLengthSize(), table, defaults(box.id())));
        }
        if (tracks.isEmpty()) {
            throw new UnsupportedException("MP4 file: no track that can be read"
                    + (remarks.isEmpty() ? "" : "; " + String.join("; ", remarks)));
        }
    }

    List<MovieTrack> tracks() {
        return tracks;
    }

    List<String> remarks() {
        return List.copyOf(remarks);
    }

    /** Whether fragments may follow (mvex). */
    boolean fragmented() {
        return fragmented;
    }

    /** Whether another moov has the same tracks, with the same times and lengths. */
    boolean describesSame(Movie other) {
        if (other.tracks.size() != tracks.size()
                || other.fragmented != fragmented
                || !other.defaults.equals(defaults)) {
            return false;
        }
        for (int i = 0; i < tracks.size(); i++) {
            if (!tracks.get(i).describesSame(other.tracks.get(i))) {
                return false;
            }
        }
        return true;
    }

    /** The date in the header; the epoch where it has none. */
    Instant created() {
        return created;
    }

    /** The track of a track_ID; null where it is one that is left out, or none at all. */
    @Nullable
    MovieTrack byId(long id) {
        for (MovieTrack track : tracks) {
            if (track.id() == id) {
                return track;
            }
        }
        return null;
    }

    MovieTrack.Defaults defaults(long id) {
        return defaults.getOrDefault(id, MovieTrack.Defaults.NONE);
    }
}
