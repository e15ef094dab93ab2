package org.camseal.media.headers;

import java.util.List;
import org.camseal.media.Codec;
import org.camseal.media.FrameRate;
import org.camseal.media.MalformedException;
import org.camseal.media.MediaException;
import org.camseal.media.NalUnit;
import org.jspecify.annotations.Nullable;

/**
 * What a sequence parameter set says about the pictures, for whoever shows or stores them.
 *
 * @param width of the shown picture in luma samples, 1 to 65535
 * @param height of the shown picture in luma samples, 1 to 131072
 * @param frameRate where the VUI says so, else null
 */
public record PictureFormat(int width, int height, @Nullable FrameRate frameRate) {
    /**
     * Reads the first SPS among the units.
     *
     * @throws MediaException where there is none, or it cannot be read
     */
    public static PictureFormat of(List<NalUnit> parameterSets) throws MediaException {
        for (NalUnit nal : parameterSets) {
            if (nal.codec() == Codec.H264 && nal.type() == 7) {
                var sps = org.camseal.media.h264.Sps.parse(nal);
                return new PictureFormat(sps.width(), sps.height(), sps.vui().frameRate());
            }
            if (nal.codec() == Codec.H265 && nal.type() == 33) {
                var sps = org.camseal.media.h265.Sps.parse(nal);
                return new PictureFormat(sps.width(), sps.height(), sps.vui().frameRate());
            }
        }
        throw new MalformedException("no sequence parameter set among " + parameterSets.size() + " NAL units");
    }
}
