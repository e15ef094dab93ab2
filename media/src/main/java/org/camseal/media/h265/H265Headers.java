package org.camseal.media.h265;

import org.camseal.media.MediaException;
import org.camseal.media.NalUnit;
import org.camseal.media.SliceHeaders;
import org.camseal.media.UnsupportedException;

/** The parameter sets of one H.265 stream, and its slice segment headers read with them (ITU-T H.265 section 7.3.6.1). */
public final class H265Headers implements SliceHeaders {
    @Override
    public void accept(NalUnit nal) throws MediaException {
        throw new UnsupportedException("H.265 is not read yet");
    }

    @Override
    public int clearLength(NalUnit slice) throws MediaException {
        throw new UnsupportedException("H.265 is not read yet");
    }

    @Override
    public boolean startsPicture(NalUnit slice) throws MediaException {
        throw new UnsupportedException("H.265 is not read yet");
    }
}
