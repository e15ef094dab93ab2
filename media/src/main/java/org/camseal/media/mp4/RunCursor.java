package org.camseal.media.mp4;

import java.util.List;
import org.camseal.media.MalformedException;
import org.jspecify.annotations.Nullable;

/** Goes over the samples of one track in one fragment. */
final class RunCursor implements SampleCursor {
    private final MovieTrack track;
    private final List<SampleRun> runs;
    private @Nullable Sample current;
    private int run;
    private long index;
    private long offset;
    private long decodeTime;

    RunCursor(MovieTrack track, List<SampleRun> runs) throws MalformedException {
        this.track = track;
        this.runs = List.copyOf(runs);
        begin();
    }

    @Override
    public @Nullable Sample current() {
        return current;
    }

    @Override
    public void advance() throws MalformedException {
        SampleRun here = runs.get(run);
        offset += here.size(index);
        decodeTime = track.plus(decodeTime, here.duration(index));
        if (++index < here.count()) {
            load(here);
        } else {
            run++;
            begin();
        }
    }

    /** Goes to the first sample of the run it stands on, or of the next that has one. */
    private void begin() throws MalformedException {
        index = 0;
        while (run < runs.size() && runs.get(run).count() == 0) {
            run++;
        }
        if (run == runs.size()) {
            current = null;
            return;
        }
        SampleRun here = runs.get(run);
        offset = here.dataStart();
        decodeTime = here.decodeTime();
        load(here);
    }

    private void load(SampleRun here) throws MalformedException {
        MovieTrack.Timing timing = new MovieTrack.Timing(decodeTime, here.composition(index), here.duration(index));
        current = track.sample(offset, here.size(index), timing, here.detail(index));
    }
}
