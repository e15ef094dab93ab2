package org.camseal.ffmpeg;

import org.bytedeco.ffmpeg.global.avutil;
import org.camseal.media.MediaTime;
import org.jspecify.annotations.Nullable;

/**
 * One packet as the container stores it.
 *
 * @param stream the number of its stream in the container, from 0
 */
@SuppressWarnings(
        "ArrayRecordComponent") // never compared: it only carries bytes from the demuxer to the track's reader
record Packet(int stream, byte[] bytes, long presentation, long decode, TimeBase base) {
    private static final long NONE = avutil.AV_NOPTS_VALUE;

    /** Its presentation time on a clock, null where the container does not say it. */
    @Nullable
    MediaTime presentationTime(int clockHz) {
        return presentation == NONE ? null : base.time(presentation, clockHz);
    }

    /** Its decode time on a clock, null where the container does not say it. */
    @Nullable
    MediaTime decodeTime(int clockHz) {
        return decode == NONE ? null : base.time(decode, clockHz);
    }

    /** The unit in which a stream counts its times: numerator / denominator seconds. */
    record TimeBase(int numerator, int denominator) {
        TimeBase {
            if (numerator < 1 || denominator < 1) {
                throw new IllegalArgumentException("time base " + numerator + "/" + denominator);
            }
        }

        /** A count in ticks of another clock, rounded to the nearest tick (halves up). */
        MediaTime time(long count, int clockHz) {
            long whole = Math.floorDiv(count, denominator);
            long rest = Math.floorMod(count, (long) denominator);
            // rest < 2^31, numerator and clock together < 2^55 only for absurd files; then multiplyExact says so
            long fraction = Math.multiplyExact(rest * numerator, (long) clockHz);
            long ticks = Math.multiplyExact(Math.multiplyExact(whole, (long) numerator), (long) clockHz)
                    + (fraction + denominator / 2) / denominator;
            return new MediaTime(ticks, clockHz);
        }

        /** Ticks of a clock that one count may be off, rounded up. */
        long tolerance(int clockHz) {
            return Math.ceilDiv((long) numerator * clockHz, (long) denominator);
        }
    }
}
