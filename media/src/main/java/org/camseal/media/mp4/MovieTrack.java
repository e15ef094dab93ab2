package org.camseal.media.mp4;

import org.camseal.media.AudioFormat;
import org.camseal.media.MalformedException;
import org.camseal.media.MediaTime;
import org.camseal.media.Track;
import org.camseal.media.VideoFormat;

/** One track of a file: what it is called there, and how its times and samples become ours. */
final class MovieTrack {
    /** More than 2000 years, and so many ticks that no arithmetic on times overflows: no time is longer. */
    private static final long MAX_SECONDS = 1L << 36;

    private static final long MAX_TICKS = 1L << 61;

    /**
     * When a sample plays, in the track's time scale.
     *
     * @param decode before the edit list
     * @param composition what to add for the presentation time
     */
    record Timing(long decode, long composition, long duration) {}

    /** What a track fragment takes where it says nothing itself (trex, ISO/IEC 14496-12 section 8.8.3). */
    record Defaults(long duration, long size) {
        static final Defaults NONE = new Defaults(0, 0);
    }

    private final long id;
    private final Track track;
    private final long timescale;
    private final long editShift;
    private final int nalLengthSize;
    private final SampleTable table;
    private final Defaults defaults;
    private long nextDecodeTime;
    private long lastDecodeTime = -1;

    MovieTrack(long id, Track track, TrackTimes times, int nalLengthSize, SampleTable table, Defaults defaults) {
        this.id = id;
        this.track = track;
        this.timescale = times.timescale();
        this.editShift = times.editShift();
        this.nalLengthSize = nalLengthSize;
        this.table = table;
        this.defaults = defaults;
    }

    /** Whether its samples mean the same as another's, which must have none outside fragments. */
    boolean describesSame(MovieTrack other) {
        return other.id == id
                && other.track.equals(track)
                && other.timescale == timescale
                && other.editShift == editShift
                && other.nalLengthSize == nalLengthSize
                && other.table.sizes().count() == 0;
    }

    long id() {
        return id;
    }

    Track track() {
        return track;
    }

    int nalLengthSize() {
        return nalLengthSize;
    }

    SampleTable table() {
        return table;
    }

    Defaults defaults() {
        return defaults;
    }

    /** What the edit list adds to every time, in the time scale. */
    long editShift() {
        return editShift;
    }

    /** Where a fragment without tfdt begins: behind the one before. */
    long nextDecodeTime() {
        return nextDecodeTime;
    }

    /** Decode time of the last sample of the fragments read so far, before the edit list; -1 where there was none. */
    long lastDecodeTime() {
        return lastDecodeTime;
    }

    void continueAt(long decodeTime) {
        nextDecodeTime = decodeTime;
    }

    void noteLast(long decodeTime) {
        lastDecodeTime = decodeTime;
    }

    /** Bytes of one sample of sound; -1 where the codec has none. */
    int bytesOfSoundSample() {
        return switch (track.format()) {
            case AudioFormat audio ->
                switch (audio.codec()) {
                    case PCMA, PCMU -> audio.channels();
                    case AAC, OPUS, H264, H265 -> -1;
                };
            case VideoFormat _ -> -1;
        };
    }

    Sample sample(long offset, long size, Timing timing, UnitDetail.Entry detail) throws MalformedException {
        long decode = plus(timing.decode(), editShift);
        return new Sample(
                this,
                offset,
                size,
                time(decode),
                time(plus(decode, timing.composition())),
                rescale(timing.duration()),
                detail);
    }

    /** A time in the time scale, edit list not applied, on the track's clock. */
    MediaTime presentation(long mediaTime) throws MalformedException {
        return time(plus(mediaTime, editShift));
    }

    /** The sum, where both and it are times that can be. */
    long plus(long time, long more) throws MalformedException {
        long limit = timescale > MAX_TICKS / MAX_SECONDS ? MAX_TICKS : MAX_SECONDS * timescale;
        if (Math.max(time, more) > limit || Math.min(time, more) < -limit || Math.abs(time + more) > limit) {
            throw malformed("a time of " + time + " + " + more + " at " + timescale + " Hz is out of any range");
        }
        return time + more;
    }

    MalformedException malformed(String what) {
        return new MalformedException("MP4 file, track " + id + ": " + what);
    }

    private MediaTime time(long ticks) {
        return new MediaTime(rescale(ticks), track.format().clockHz());
    }

    private long rescale(long ticks) {
        return TrackTimes.rescale(ticks, timescale, track.format().clockHz());
    }
}
