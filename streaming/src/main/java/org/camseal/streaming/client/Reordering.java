package org.camseal.streaming.client;

import java.util.List;
import org.camseal.media.Codec;
import org.camseal.media.MediaException;
import org.camseal.media.NalUnit;

/** How many pictures may be decoded before one that is shown earlier, as far as parameter sets say so. */
final class Reordering {
    private static final int H264_SPS = 7;
    private static final int H265_SPS = 33;

    private Reordering() {}

    /** 0 to 16; 0 where they say nothing: then it is learned from the times. */
    static int of(List<NalUnit> parameterSets) {
        int most = 0;
        for (NalUnit set : parameterSets) {
            most = Math.max(most, of(set));
        }
        return most;
    }

    private static int of(NalUnit set) {
        try {
            if (set.codec() == Codec.H264 && set.type() == H264_SPS) {
                var sps = org.camseal.media.h264.Sps.parse(set);
                boolean never = sps.order() instanceof org.camseal.media.h264.Sps.OrderCoding.DecodingOrder;
                return never ? 0 : Math.max(0, sps.vui().maxReorderFrames());
            }
            if (set.codec() == Codec.H265 && set.type() == H265_SPS) {
                return org.camseal.media.h265.Sps.parse(set).maxReorderPics();
            }
            return 0;
        } catch (MediaException e) {
            return 0; // whoever decodes the stream will say what is wrong with it
        }
    }
}
