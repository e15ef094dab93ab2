package org.camseal.media.mp4;

import java.util.List;
import org.camseal.media.MalformedException;
import org.jspecify.annotations.Nullable;

/**
 * The time scale of a track, and what its edit list (ISO/IEC 14496-12 section 8.6.6) adds to media times.
 *
 * <p>The empty edits in front and the start of the first other edit are applied. What further edits cut out, repeat or slow down is
 * not: every stored sample is returned once, because nothing that a recording holds may be hidden by its edit list.
 *
 * @param timescale ticks per second, 1 to 2^32 - 1
 * @param editShift ticks to add to a media time for the time in the movie
 */
record TrackTimes(long timescale, long editShift) {
    private static final int NORMAL_RATE = 0x1_0000;

    /** @param remarks gets a line where the edit list says more than is applied */
    static TrackTimes read(BoxBytes trak, long movieTimescale, long timescale, List<String> remarks)
            throws MalformedException {
        BoxBytes edts = trak.find("edts");
        BoxBytes list = edts == null ? null : edts.find("elst");
        return new TrackTimes(timescale, list == null ? 0 : shift(list, movieTimescale, timescale, remarks));
    }

    private static long shift(BoxBytes list, long movieTimescale, long timescale, List<String> remarks)
            throws MalformedException {
        int version = list.u8();
        list.skip(3);
        long count = list.u32();
        if (count > list.remaining() / (version == 1 ? 20 : 12)) {
            throw list.malformed("claims " + count + " edits; " + list.remaining() + " bytes are left");
        }
        long empty = 0;
        @Nullable Long start = null;
        for (long i = 0; i < count; i++) {
            long duration = version == 1 ? list.u64() : list.u32();
            long mediaTime = version == 1 ? list.i64() : list.i32();
            int rate = list.i32();
            if (mediaTime == -1 && start == null) {
                empty = checked(list, empty + checked(list, duration));
                continue;
            }
            if (start != null || rate != NORMAL_RATE) {
                remarks.add(list.path() + ": the edit list cuts, repeats or slows down; that is not applied");
                break;
            }
            start = checked(list, mediaTime);
        }
        if (empty / movieTimescale > 1L << 30) {
            throw list.malformed("empty edits of " + empty + " ticks at " + movieTimescale + " Hz");
        }
        return rescale(empty, movieTimescale, timescale) - (start == null ? 0 : start);
    }

    /** Bounds a time of an edit, so that the sum of some cannot overflow. */
    private static long checked(BoxBytes list, long time) throws MalformedException {
        if (time < 0 || time > 1L << 60) {
            throw list.malformed("an edit time of " + time);
        }
        return time;
    }

    /** Ticks of one clock in ticks of another, rounded to the nearest (halves up). */
    static long rescale(long ticks, long from, long to) {
        if (from == to) {
            return ticks;
        }
        long whole = Math.floorDiv(ticks, from);
        long rest = Math.floorMod(ticks, from);
        return whole * to + (rest * to + from / 2) / from;
    }
}
