package org.camseal.media.unitstream;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.camseal.media.Codec;
import org.camseal.media.MalformedException;

/** The numbers of the layout, shared by writer and reader. */
final class UnitStream {
    static final byte[] MAGIC = "CSUNITS1".getBytes(StandardCharsets.US_ASCII);
    static final int TRACKS = 1;
    static final int VIDEO = 2;
    static final int AUDIO = 3;
    static final int ALIVE = 4;
    static final int END = 5;

    /** Larger than any picture of level 6.2 that a camera sends; a bound against what a broken peer makes us allocate. */
    static final int MAX_FRAME_BYTES = 32 << 20;

    static final int MAX_NAL_UNITS = 4096;

    private UnitStream() {}

    static int code(Codec codec) {
        return switch (codec) {
            case H264 -> 1;
            case H265 -> 2;
            case AAC -> 3;
            case PCMA -> 4;
            case PCMU -> 5;
            case OPUS -> 6;
        };
    }

    static Codec codec(int code) throws MalformedException {
        return switch (code) {
            case 1 -> Codec.H264;
            case 2 -> Codec.H265;
            case 3 -> Codec.AAC;
            case 4 -> Codec.PCMA;
            case 5 -> Codec.PCMU;
            case 6 -> Codec.OPUS;
            default -> throw new MalformedException("unit stream: codec " + code + "; 1 to 6 expected");
        };
    }

    static long micros(Instant instant) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
    }

    static Instant instant(long micros) throws MalformedException {
        // the year 1 to 9999: what every text form of a time can say
        if (micros < -62_135_596_800_000_000L || micros > 253_402_300_799_999_999L) {
            throw new MalformedException(
                    "unit stream: a time of " + micros + " us lies outside of the years 1 to 9999");
        }
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }
}
