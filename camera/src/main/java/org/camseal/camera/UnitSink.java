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
     * @throws Impossible if nothing can be done with any tracks
     */
    void begin(List<Track> tracks) throws SourceException.Unusable, Impossible;

    /**
     * The next unit; times run on over restarts.
     *
     * @throws Impossible if nothing can be done with this or any further unit
     */
    void take(AccessUnit unit) throws Impossible;

    /** The sink can take no more, ever. */
    final class Impossible extends Exception {
        Impossible(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
