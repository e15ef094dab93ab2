package org.camseal.media.mp4;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.camseal.media.AccessUnit;
import org.camseal.media.AudioUnit;
import org.camseal.media.MalformedException;
import org.camseal.media.MediaTime;
import org.camseal.media.NalUnit;
import org.camseal.media.Track;
import org.camseal.media.TrackFormat;
import org.camseal.media.VideoFormat;
import org.camseal.media.VideoUnit;
import org.jspecify.annotations.Nullable;

/** The units that wait to be written as the next fragment, and what is known of their tracks. */
final class PendingUnits {
    /** Further apart, decode and presentation time are a fault; so near, their difference fits its field on any clock. */
    private static final long MAX_COMPOSITION_SECONDS = 60;

    private final List<Track> tracks;
    private final Map<Integer, TrackFormat> formats = new HashMap<>();
    private final int cutTrack;
    private final Map<Integer, MediaTime> latest = new HashMap<>();
    private final List<AccessUnit> units = new ArrayList<>();
    private long bytes;

    PendingUnits(List<Track> tracks) {
        this.tracks = List.copyOf(tracks);
        int cut = 0;
        for (Track track : tracks) {
            if (formats.put(track.number(), track.format()) != null) {
                throw new IllegalArgumentException("two tracks of number " + track.number());
            }
            if (track.format().codec().isVideo() && (cut == 0 || track.number() < cut)) {
                cut = track.number();
            }
        }
        this.cutTrack = cut;
    }

    List<Track> tracks() {
        return tracks;
    }

    /** The track whose key pictures begin fragments: the video track of the lowest number; 0 where there is none. */
    int cutTrack() {
        return cutTrack;
    }

    List<AccessUnit> units() {
        return units;
    }

    boolean isEmpty() {
        return units.isEmpty();
    }

    long bytes() {
        return bytes;
    }

    /** Whole seconds of decode time from the first waiting unit to this one. */
    long seconds(AccessUnit unit) {
        return units.isEmpty()
                ? 0
                : unit.decodeTime()
                        .toDuration()
                        .minus(units.getFirst().decodeTime().toDuration())
                        .toSeconds();
    }

    /** The earliest decode time each track may go on with, where a file is continued. */
    void goOnFrom(Map<Integer, MediaTime> decodeTimes) {
        latest.putAll(decodeTimes);
    }

    /** Refuses what a fragment could not hold. */
    void check(AccessUnit unit, @Nullable Lead lead) throws MalformedException {
        TrackFormat format = formats.get(unit.track());
        int clock = unit.decodeTime().clockHz();
        if (format == null
                || format.codec().isVideo() != unit instanceof VideoUnit
                || clock != format.clockHz()
                || clock != unit.presentationTime().clockHz()) {
            throw new IllegalArgumentException(
                    "a unit of track " + unit.track() + " on a clock of " + clock + " Hz; declared are " + tracks);
        }
        MediaTime before = latest.get(unit.track());
        if (before != null && unit.decodeTime().compareTo(before) < 0) {
            throw new MalformedException("track " + unit.track() + ": decode time goes back from " + before + " to "
                    + unit.decodeTime() + "; begin a new file where a clock was set");
        }
        Lead room = lead == null ? new Lead(Lead.MAX_MILLIS) : lead;
        if (unit.decodeTime().ticks() < -room.ticks(clock)) {
            throw new MalformedException("track " + unit.track() + ": decode time " + unit.decodeTime()
                    + " lies before the earliest that this file has room for, " + -room.millis() + " ms");
        }
        long ahead = unit.presentationTime().ticks() - unit.decodeTime().ticks();
        if (Math.abs(ahead) > MAX_COMPOSITION_SECONDS * clock) {
            throw new MalformedException("track " + unit.track() + ": shown at " + unit.presentationTime()
                    + " but decoded at " + unit.decodeTime() + "; a minute apart at most is expected");
        }
        NtpTime.of(unit.capturedAt());
    }

    void add(AccessUnit unit) {
        units.add(unit);
        latest.put(unit.track(), unit.decodeTime());
        bytes += FragmentBuilder.storedBytes(unit);
    }

    void clear() {
        units.clear();
        bytes = 0;
    }

    /** What stored times must be later for none to be negative. */
    Lead lead() {
        long millis = 0;
        for (AccessUnit unit : units) {
            int clock = unit.decodeTime().clockHz();
            long before = Math.max(0, -unit.decodeTime().ticks());
            millis = Math.max(millis, Math.ceilDiv(before * 1_000, (long) clock));
        }
        return new Lead(millis);
    }

    /** The tracks, where a format has no parameter sets with those of the first waiting or coming unit that has some. */
    List<Track> describedTracks(@Nullable AccessUnit coming) {
        List<AccessUnit> known = new ArrayList<>(units);
        if (coming != null) {
            known.add(coming);
        }
        return tracks.stream()
                .map(track -> track.format() instanceof VideoFormat video
                                && video.parameterSets().isEmpty()
                        ? new Track(track.number(), described(track.number(), video, known))
                        : track)
                .toList();
    }

    private static VideoFormat described(int number, VideoFormat video, List<AccessUnit> known) {
        for (AccessUnit unit : known) {
            switch (unit) {
                case VideoUnit picture -> {
                    List<NalUnit> sets = picture.nalUnits().stream()
                            .filter(NalUnit::isParameterSet)
                            .toList();
                    if (picture.track() == number && !sets.isEmpty()) {
                        return new VideoFormat(video.codec(), video.width(), video.height(), sets);
                    }
                }
                case AudioUnit _ -> {}
            }
        }
        return video;
    }
}
