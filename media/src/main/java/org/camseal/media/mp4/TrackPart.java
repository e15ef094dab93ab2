package org.camseal.media.mp4;

import java.util.ArrayList;
import java.util.List;
import org.camseal.media.AccessUnit;
import org.camseal.media.AudioUnit;
import org.camseal.media.MalformedException;
import org.camseal.media.MediaTime;
import org.camseal.media.VideoUnit;
import org.jspecify.annotations.Nullable;

/** The units of one track in one fragment, and the runs in which they lie in its mdat. */
final class TrackPart {
    // sample_depends_on and sample_is_non_sync_sample, ISO/IEC 14496-12 section 8.8.3.1
    private static final int SYNC_FLAGS = 0x0200_0000;
    private static final int NON_SYNC_FLAGS = 0x0101_0000;

    private static final int DATA_OFFSET = 0x001;
    private static final int FIRST_FLAGS = 0x004;
    private static final int DURATION = 0x100;
    private static final int SIZE = 0x200;
    private static final int FLAGS = 0x400;
    private static final int COMPOSITION = 0x800;

    /** What a lone picture lasts when nothing says more: 1/25 s of the video clock. */
    private static final long LONE_PICTURE = 3_600;

    /** Units that follow each other in the mdat without another track's between. */
    static final class Run {
        private final int from;
        private final long dataStart;
        private int count;
        private int offsetPosition;

        private Run(int from, long dataStart) {
            this.from = from;
            this.dataStart = dataStart;
        }

        /** Bytes from the start of the mdat's payload. */
        long dataStart() {
            return dataStart;
        }

        /** Where the trun's data_offset stands, to be filled in when the moof's length is known. */
        int offsetPosition() {
            return offsetPosition;
        }
    }

    private final List<AccessUnit> units = new ArrayList<>();
    private final List<Run> runs = new ArrayList<>();

    /** Adds a unit; it begins a run at {@code dataStart}, or goes on with the last one where that is negative. */
    void add(AccessUnit unit, long dataStart) {
        if (dataStart >= 0) {
            runs.add(new Run(units.size(), dataStart));
        }
        runs.getLast().count++;
        units.add(unit);
    }

    List<AccessUnit> units() {
        return units;
    }

    List<Run> runs() {
        return runs;
    }

    int defaultFlags() {
        return units.getFirst() instanceof AudioUnit ? SYNC_FLAGS : NON_SYNC_FLAGS;
    }

    /** Ticks from each unit's decode time to the next one's. */
    long[] durations(int track, @Nullable MediaTime next) throws MalformedException {
        long[] durations = new long[units.size()];
        for (int i = 0; i < durations.length; i++) {
            MediaTime start = units.get(i).decodeTime();
            MediaTime end = i + 1 < durations.length ? units.get(i + 1).decodeTime() : next;
            long ticks = end == null ? lastDuration(durations) : end.ticks() - start.ticks();
            if (end != null && end.clockHz() != start.clockHz()) {
                throw new IllegalArgumentException("track " + track + " has times of two clocks");
            }
            if (ticks < 0) {
                throw new MalformedException("track " + track + ": decode time goes back from " + start + " to " + end);
            }
            if (ticks > 0xffff_ffffL) {
                throw new MalformedException("track " + track + ": more than 2^32 ticks from " + start + " to " + end);
            }
            durations[i] = ticks;
        }
        return durations;
    }

    private long lastDuration(long[] durations) {
        return switch (units.getLast()) {
            case AudioUnit audio -> audio.samples();
            case VideoUnit _ -> durations.length > 1 ? durations[durations.length - 2] : LONE_PICTURE;
        };
    }

    /** Where the units differ from what prft and durations say. */
    List<UnitDetail.Entry> detail(long[] durations) {
        CaptureLine line =
                new CaptureLine(units.getFirst().capturedAt(), units.getFirst().presentationTime());
        List<UnitDetail.Entry> entries = new ArrayList<>(units.size());
        for (int i = 0; i < durations.length; i++) {
            AccessUnit unit = units.get(i);
            long samples = unit instanceof AudioUnit audio ? audio.samples() - durations[i] : 0;
            long captured = line.deviationNanos(unit.presentationTime(), unit.capturedAt());
            entries.add(new UnitDetail.Entry(captured, samples));
        }
        return entries;
    }

    /** Writes one trun (section 8.8.8) with no more fields than its samples need. */
    void writeRun(BoxBuilder out, Run run, long[] durations) throws MalformedException {
        int to = run.from + run.count;
        int fields = DATA_OFFSET | SIZE;
        for (int i = run.from; i < to; i++) {
            if (durations[i] != durations[0]) {
                fields |= DURATION;
            }
            if (composition(i) != (int) composition(i)) {
                throw new MalformedException("presentation time " + units.get(i).presentationTime()
                        + " is too far from decode time " + units.get(i).decodeTime());
            }
            if (composition(i) != 0) {
                fields |= COMPOSITION;
            }
            if (flags(i) != defaultFlags()) {
                fields |= i == run.from ? FIRST_FLAGS : FLAGS;
            }
        }
        if ((fields & FLAGS) != 0) {
            fields &= ~FIRST_FLAGS;
        }
        out.openFull("trun", 1, fields).u32(run.count);
        run.offsetPosition = out.position();
        out.u32(0);
        if ((fields & FIRST_FLAGS) != 0) {
            out.u32(flags(run.from));
        }
        for (int i = run.from; i < to; i++) {
            writeSample(out, i, fields, durations[i]);
        }
        out.close();
    }

    private void writeSample(BoxBuilder out, int i, int fields, long duration) {
        if ((fields & DURATION) != 0) {
            out.u32(duration);
        }
        out.u32(FragmentBuilder.storedBytes(units.get(i)));
        if ((fields & FLAGS) != 0) {
            out.u32(flags(i));
        }
        if ((fields & COMPOSITION) != 0) {
            out.u32(composition(i));
        }
    }

    private int flags(int i) {
        return switch (units.get(i)) {
            case AudioUnit _ -> SYNC_FLAGS;
            case VideoUnit video -> video.isKey() ? SYNC_FLAGS : NON_SYNC_FLAGS;
        };
    }

    private long composition(int i) {
        AccessUnit unit = units.get(i);
        return unit.presentationTime().ticks() - unit.decodeTime().ticks();
    }
}
