package org.camseal.media.mp4;

import org.camseal.media.MalformedException;
import org.jspecify.annotations.Nullable;

/** Goes over the samples of a plain sample table. */
final class TableCursor implements SampleCursor {
    /** Samples of sound taken as one unit where the table counts each one; FFmpeg takes as many. */
    private static final int SOUND_RUN = 1024;

    private final MovieTrack track;
    private final SampleTable table;
    private final boolean soundSamples;
    private @Nullable Sample current;

    private long index;
    private long decodeTime;
    private int durationEntry = -1;
    private long durationLeft;
    private int compositionEntry = -1;
    private long compositionLeft;
    private int chunkEntry;
    private int chunk = -1;
    private long chunkLeft;
    private long offset;

    TableCursor(MovieTrack track) throws MalformedException {
        this.track = track;
        this.table = track.table();
        this.soundSamples = table.countsSoundSamples(track.bytesOfSoundSample());
        load();
    }

    @Override
    public @Nullable Sample current() {
        return current;
    }

    @Override
    public void advance() throws MalformedException {
        Sample done = current;
        if (done == null) {
            throw new IllegalStateException("behind the last sample");
        }
        long samples = soundSamples ? done.size() / table.sizes().constant() : 1;
        long delta = table.durations().u32(durationEntry, 1);
        index += samples;
        chunkLeft -= samples;
        durationLeft -= samples;
        compositionLeft--;
        offset += done.size();
        decodeTime = track.plus(decodeTime, samples * delta);
        load();
    }

    private void load() throws MalformedException {
        if (index >= table.sizes().count()) {
            current = null;
            // Where fragments without tfdt go on, in a file that begins plain.
            track.continueAt(decodeTime);
            return;
        }
        while (chunkLeft == 0) {
            nextChunk();
        }
        while (durationLeft == 0) {
            if (++durationEntry >= table.durations().count()) {
                throw track.malformed(
                        "stts covers " + index + " of " + table.sizes().count() + " samples");
            }
            durationLeft = table.durations().u32(durationEntry, 0);
        }
        while (compositionLeft <= 0 && compositionEntry < table.compositions().count()) {
            compositionEntry++;
            compositionLeft = compositionEntry < table.compositions().count()
                    ? table.compositions().u32(compositionEntry, 0)
                    : Long.MAX_VALUE;
        }
        // Offsets are signed in version 1, and in the version 0 of many writers too.
        int composition = compositionEntry < table.compositions().count()
                ? table.compositions().i32(compositionEntry, 1)
                : 0;
        long delta = table.durations().u32(durationEntry, 1);
        long run = soundSamples ? Math.min(SOUND_RUN, Math.min(chunkLeft, durationLeft)) : 1;
        long size = run * table.sizes().size(index);
        current = track.sample(
                offset, size, new MovieTrack.Timing(decodeTime, composition, run * delta), UnitDetail.Entry.ZERO);
    }

    private void nextChunk() throws MalformedException {
        if (++chunk >= table.offsets().count()) {
            throw track.malformed(
                    "the chunks hold " + index + " of " + table.sizes().count() + " samples");
        }
        Table chunks = table.chunks();
        if (chunkEntry + 1 < chunks.count() && chunks.u32(chunkEntry + 1, 0) == chunk + 1L) {
            chunkEntry++;
        }
        chunkLeft = Math.min(chunks.u32(chunkEntry, 1), table.sizes().count() - index);
        offset = table.chunkOffset(chunk);
    }
}
