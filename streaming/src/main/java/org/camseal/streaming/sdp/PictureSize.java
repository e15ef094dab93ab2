package org.camseal.streaming.sdp;

import java.util.List;
import java.util.Optional;
import org.camseal.media.Codec;
import org.camseal.media.MediaException;
import org.camseal.media.NalUnit;
import org.camseal.media.VideoFormat;
import org.camseal.media.h264.Sps;

/** A video format from parameter sets: with the picture's size where they say it in a way that is read here. */
public final class PictureSize {
    private static final int H264_SPS = 7;

    private PictureSize() {}

    /** Width and height of the first H.264 SPS that can be read, else 0. */
    public static VideoFormat of(Codec codec, List<NalUnit> parameterSets) {
        return sps(codec, parameterSets)
                .map(sps -> new VideoFormat(codec, sps.width(), sps.height(), parameterSets))
                .orElseGet(() -> new VideoFormat(codec, 0, 0, parameterSets));
    }

    /** The first H.264 SPS, if it can be read: a description's word is only a hint, the stream's own parameter sets count. */
    public static Optional<Sps> sps(Codec codec, List<NalUnit> parameterSets) {
        for (NalUnit set : parameterSets) {
            if (codec == Codec.H264 && set.type() == H264_SPS) {
                try {
                    return Optional.of(Sps.parse(set));
                } catch (MediaException e) {
                    return Optional.empty();
                }
            }
        }
        return Optional.empty();
    }
}
