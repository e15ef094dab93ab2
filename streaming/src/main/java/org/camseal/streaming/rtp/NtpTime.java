package org.camseal.streaming.rtp;

import java.time.Instant;

/**
 * A wall clock time as RTCP carries it: 32 bits of seconds since 1900, 32 bits of fraction (RFC 3550 section 4).
 *
 * @param bits all 64 bits
 */
public record NtpTime(long bits) {
    private static final long SECONDS_1900_TO_1970 = 2_208_988_800L;

    /** The nearest such time, to 0.23 ns. */
    public static NtpTime of(Instant instant) {
        long seconds = instant.getEpochSecond() + SECONDS_1900_TO_1970;
        long fraction = Math.min(0xffff_ffffL, ((long) instant.getNano() << 32) / 1_000_000_000L);
        return new NtpTime(seconds << 32 | fraction);
    }

    /** The instant, to the nanosecond; seconds below 2^31 are taken for the era that begins in February 2036 (RFC 4330 section 3). */
    public Instant toInstant() {
        long seconds = bits >>> 32;
        long era = seconds < 0x8000_0000L ? 1L << 32 : 0;
        long nanos = Math.min(999_999_999L, ((bits & 0xffff_ffffL) * 1_000_000_000L + (1L << 31)) >>> 32);
        return Instant.ofEpochSecond(seconds + era - SECONDS_1900_TO_1970, nanos);
    }

    /** The middle 32 bits, as a reception report repeats them (RFC 3550 section 6.4.1, LSR). */
    public int middle() {
        return (int) (bits >>> 16);
    }
}
