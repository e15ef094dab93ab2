package org.camseal.media.mp4;

import java.util.List;
import org.camseal.media.MalformedException;

/**
 * One trun (ISO/IEC 14496-12 section 8.8.8): samples that lie one behind the other. Its fields per sample stay where they were read.
 *
 * @param dataStart offset in the file of its first sample
 * @param decodeTime of its first sample, in the track's time scale, before the edit list
 * @param fields which of duration, size, flags and composition offset each sample has
 * @param table one entry of these fields per sample; empty where there are none
 * @param detailsFrom index of its first sample among the details of its track fragment
 */
record SampleRun(
        long dataStart,
        long decodeTime,
        long count,
        int fields,
        Table table,
        MovieTrack.Defaults defaults,
        List<UnitDetail.Entry> details,
        long detailsFrom) {
    private static final int DATA_OFFSET = 0x001;
    private static final int FIRST_FLAGS = 0x004;
    private static final int DURATION = 0x100;
    private static final int SIZE = 0x200;
    private static final int FLAGS = 0x400;
    private static final int COMPOSITION = 0x800;
    private static final int PER_SAMPLE = DURATION | SIZE | FLAGS | COMPOSITION;

    /** Samples without a byte of their own in the trun or in the data that one run may claim. */
    private static final int MAX_BODILESS = 1 << 16;

    /** @param next where its data begins if it does not say so itself */
    static SampleRun read(BoxBytes box, long base, long next, long decodeTime, MovieTrack.Defaults defaults)
            throws MalformedException {
        int flags = box.i32() & 0xff_ffff;
        long count = box.u32();
        long start = (flags & DATA_OFFSET) != 0 ? base + box.i32() : next;
        if ((flags & FIRST_FLAGS) != 0) {
            box.skip(4);
        }
        int fields = flags & PER_SAMPLE;
        int width = 4 * Integer.bitCount(fields);
        Table table = width == 0 ? Table.EMPTY : Table.of(box, count, width);
        if ((fields & SIZE) == 0 && defaults.size() == 0 && count > MAX_BODILESS) {
            throw box.malformed(count + " samples without data");
        }
        return new SampleRun(start, decodeTime, count, fields, table, defaults, List.of(), 0);
    }

    SampleRun withDetails(List<UnitDetail.Entry> others, long from) {
        return new SampleRun(dataStart, decodeTime, count, fields, table, defaults, others, from);
    }

    /** Refuses what cannot be, before sizes are summed; data behind the end of the file is not refused here: it may be torn off. */
    void checkWithin(BoxBytes box, long fileLength) throws MalformedException {
        if (dataStart < 0 || dataStart > fileLength + (1L << 40)) {
            throw box.malformed("data at byte " + dataStart);
        }
        if ((fields & SIZE) == 0 && count * defaults.size() > fileLength) {
            throw box.malformed(count + " samples of " + defaults.size() + " bytes; the whole file has " + fileLength);
        }
    }

    long totalSize() {
        if ((fields & SIZE) == 0) {
            return count * defaults.size();
        }
        long sum = 0;
        for (int i = 0; i < count; i++) {
            sum += size(i);
        }
        return sum;
    }

    long totalDuration() {
        if ((fields & DURATION) == 0) {
            return count * defaults.duration();
        }
        long sum = 0;
        for (int i = 0; i < count; i++) {
            sum += duration(i);
        }
        return sum;
    }

    long size(long sample) {
        return (fields & SIZE) == 0 ? defaults.size() : table.u32((int) sample, field(SIZE));
    }

    long duration(long sample) {
        return (fields & DURATION) == 0 ? defaults.duration() : table.u32((int) sample, field(DURATION));
    }

    /** Signed in version 1, and in the version 0 of many writers too. */
    long composition(long sample) {
        return (fields & COMPOSITION) == 0 ? 0 : table.i32((int) sample, field(COMPOSITION));
    }

    UnitDetail.Entry detail(long sample) {
        return details.isEmpty() ? UnitDetail.Entry.ZERO : details.get((int) (detailsFrom + sample));
    }

    /** Fields stand in the order of their flags. */
    private int field(int flag) {
        return Integer.bitCount(fields & (flag - 1));
    }
}
