package org.camseal.media.mp4;

import java.time.Instant;
import org.camseal.media.MalformedException;

/**
 * UTC in the 64 bits of NTP: seconds since 1900 and their 2^-32 parts (RFC 5905 section 6), as a prft box holds it. Nanoseconds
 * survive the way there and back. The seconds wrap in 2036: those with the first bit clear belong to the years from 2036 on, so the
 * range is 1968-01-20 to 2104-02-26.
 */
final class NtpTime {
    private static final long SECONDS_1900_TO_1970 = 2_208_988_800L;
    private static final long ERA = 1L << 32;
    private static final long HALF_ERA = 1L << 31;

    private NtpTime() {}

    static long of(Instant instant) throws MalformedException {
        long seconds = instant.getEpochSecond() + SECONDS_1900_TO_1970;
        if (seconds < HALF_ERA || seconds >= ERA + HALF_ERA) {
            throw new MalformedException("capture time " + instant + " cannot be stored as NTP; 1968 to 2104 expected");
        }
        long fraction = ((long) instant.getNano() * ERA + 500_000_000L) / 1_000_000_000L;
        return seconds << 32 | fraction;
    }

    static Instant instant(long ntp) {
        long seconds = ntp >>> 32;
        long era = seconds < HALF_ERA ? ERA : 0;
        long nanos = ((ntp & 0xffff_ffffL) * 1_000_000_000L + HALF_ERA) >>> 32;
        return Instant.ofEpochSecond(seconds + era - SECONDS_1900_TO_1970, nanos);
    }
}
