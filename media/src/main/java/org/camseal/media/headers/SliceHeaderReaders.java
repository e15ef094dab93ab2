package org.camseal.media.headers;

import org.camseal.media.Codec;
import org.camseal.media.SliceHeaders;
import org.camseal.media.h264.H264Headers;
import org.camseal.media.h265.H265Headers;

/** The reader of slice headers for each codec that has slices. */
public final class SliceHeaderReaders {
    private SliceHeaderReaders() {}

    /**
     * A reader that knows no parameter sets yet.
     *
     * @throws IllegalArgumentException for a codec without NAL units
     */
    public static SliceHeaders of(Codec codec) {
        return switch (codec) {
            case H264 -> new H264Headers();
            case H265 -> new H265Headers();
            case AAC, PCMA, PCMU, OPUS -> throw new IllegalArgumentException(codec + " has no slices");
        };
    }
}
