package org.camseal.media;

import java.time.Instant;
import java.util.List;

/**
 * One access unit of video: all NAL units of one coded picture (a frame or a field), in stream order.
 *
 * @param track 1 to 255
 * @param nalUnits at least one, all of one codec; not always a slice among them
 * @param decodeTime on the 90 kHz clock
 * @param presentationTime on the 90 kHz clock
 * @param capturedAt UTC
 */
public record VideoUnit(
        int track, List<NalUnit> nalUnits, MediaTime decodeTime, MediaTime presentationTime, Instant capturedAt)
        implements AccessUnit {
    public VideoUnit {
        nalUnits = List.copyOf(nalUnits);
        if (track < 1 || track > 255) {
            throw new IllegalArgumentException("track " + track + "; 1 to 255 expected");
        }
        if (nalUnits.isEmpty()) {
            throw new IllegalArgumentException("an access unit without NAL units");
        }
    }

    /** True where decoding can start: it holds a slice of an IDR (H.264) or IRAP (H.265) picture. */
    public boolean isKey() {
        for (NalUnit nal : nalUnits) {
            if (nal.isKeySlice()) {
                return true;
            }
        }
        return false;
    }

    /** The same picture at the same time with other NAL units. */
    public VideoUnit withNalUnits(List<NalUnit> others) {
        return new VideoUnit(track, others, decodeTime, presentationTime, capturedAt);
    }

    @Override
    public int sizeBytes() {
        int sum = 0;
        for (NalUnit nal : nalUnits) {
            sum += nal.length();
        }
        return sum;
    }
}
