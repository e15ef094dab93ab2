package org.camseal.media;

import java.util.List;

/**
 * Format of a video track.
 *
 * @param codec H264 or H265
 * @param width of the shown picture in pixels; 0 where not known yet
 * @param height of the shown picture in pixels; 0 where not known yet
 * @param parameterSets those sent out of band (SDP sprop, avcC, hvcC), VPS, SPS, PPS in this order; empty where they come in band only
 */
public record VideoFormat(Codec codec, int width, int height, List<NalUnit> parameterSets) implements TrackFormat {
    public VideoFormat {
        parameterSets = List.copyOf(parameterSets);
        if (!codec.isVideo()) {
            throw new IllegalArgumentException(codec + " is not a video codec");
        }
    }

    @Override
    public int clockHz() {
        return MediaTime.VIDEO_CLOCK_HZ;
    }
}
