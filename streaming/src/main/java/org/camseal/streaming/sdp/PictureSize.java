package org.camseal.streaming.sdp;

import java.util.List;
import org.camseal.media.Codec;
import org.camseal.media.MediaException;
import org.camseal.media.NalUnit;
import org.camseal.media.VideoFormat;
import org.camseal.media.headers.PictureFormat;

/** A video format from parameter sets, with the picture's size where they can be read. */
public final class PictureSize {
    private PictureSize() {}

    /** Width and height as the first SPS says; 0 where there is none, or it cannot be read: the stream's own parameter sets count. */
    public static VideoFormat of(Codec codec, List<NalUnit> parameterSets) {
        try {
            PictureFormat format = PictureFormat.of(parameterSets);
            return new VideoFormat(codec, format.width(), format.height(), parameterSets);
        } catch (MediaException e) {
            return new VideoFormat(codec, 0, 0, parameterSets);
        }
    }
}
