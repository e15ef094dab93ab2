package org.camseal.camera;

import java.util.List;
import org.camseal.media.AccessUnit;
import org.camseal.media.Track;

/** Takes what a source gives. */
interface UnitSink {
    /**
     * The source has started, or started again.
     *
     * @throws SourceException.Unusable if these tracks are of no use
     */
    void begin(List<Track> tracks) throws SourceException.Unusable;

    /** The next unit; times run on over restarts. */
    void take(AccessUnit unit);
}
