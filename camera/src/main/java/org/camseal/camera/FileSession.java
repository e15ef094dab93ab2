package org.camseal.camera;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.camseal.media.AccessUnit;
import org.camseal.media.AudioUnit;
import org.camseal.media.MediaException;
import org.camseal.media.MediaTime;
import org.camseal.media.Track;
import org.camseal.media.UnitReader;
import org.jspecify.annotations.Nullable;

/** A film being played: each unit when it is due, rounds joined so that times run on. */
final class FileSession implements SourceSession {
    private static final Duration MAX_LATE = Duration.ofSeconds(2);

    /** What a picture lasts where the film does not say it: the last of a round, before the next begins. */
    private static final long PICTURE_TICKS = MediaTime.VIDEO_CLOCK_HZ / 25;

    private final FileSource source;
    private final List<Track> tracks;
    private final Pacer pacer;
    private UnitReader reader;
    private long offset;
    private long end;
    private boolean roundBegan;

    FileSession(FileSource source, UnitReader reader, LiveClock clock) {
        this.source = source;
        this.reader = reader;
        this.tracks = reader.tracks();
        this.pacer = new Pacer(clock);
    }

    @Override
    public List<Track> tracks() {
        return tracks;
    }

    @Override
    public @Nullable AccessUnit next() throws SourceException, InterruptedException {
        AccessUnit stored = read();
        if (stored == null && source.repeat() == FileSource.Repeat.FOREVER) {
            rewind();
            stored = read();
        }
        if (stored == null) {
            return null;
        }
        if (!roundBegan) {
            roundBegan = true;
            offset = end - ticks(stored.decodeTime());
        }
        Duration due = MediaTime.video(ticks(stored.decodeTime()) + offset).toDuration();
        AccessUnit unit = Retimed.by(stored, offset, pacer.start().plus(due));
        end = Math.max(end, ticks(unit.decodeTime()) + durationTicks(unit));
        Duration late = pacer.await(due);
        if (late.compareTo(MAX_LATE) > 0) {
            throw new SourceException.Lost(
                    source.describe() + ": this machine is too slow, " + late.toMillis() + " ms behind real time");
        }
        return unit;
    }

    private void rewind() throws SourceException {
        if (!roundBegan) {
            throw new SourceException.Unusable(source.describe() + ": there is no picture in it");
        }
        closeReader();
        reader = source.reader();
        roundBegan = false;
    }

    private @Nullable AccessUnit read() throws SourceException {
        try {
            return reader.next();
        } catch (MediaException | IOException e) {
            throw source.unusable(e);
        }
    }

    private static long ticks(MediaTime time) {
        return time.in(MediaTime.VIDEO_CLOCK_HZ).ticks();
    }

    private static long durationTicks(AccessUnit unit) {
        return unit instanceof AudioUnit audio
                ? ticks(new MediaTime(audio.samples(), audio.decodeTime().clockHz()))
                : PICTURE_TICKS;
    }

    private void closeReader() {
        try {
            reader.close();
        } catch (IOException e) {
            // Nothing was written: a file that was only read is as good as closed.
            return;
        }
    }

    @Override
    public void close() {
        closeReader();
    }
}
