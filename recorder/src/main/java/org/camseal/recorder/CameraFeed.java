package org.camseal.recorder;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import org.camseal.media.AccessUnit;
import org.camseal.media.MediaException;
import org.camseal.media.Track;
import org.jspecify.annotations.Nullable;

/** Units of one camera as they arrive. Confined to one thread, but for {@link #close()}, which ends a waiting {@link #next()}. */
public interface CameraFeed extends Closeable {
    /** The tracks, known once the feed is open. */
    List<Track> tracks();

    /** The next unit, or null when the camera has ended the stream. */
    @Nullable
    AccessUnit next() throws MediaException, IOException;

    /** Reaches a camera. */
    @FunctionalInterface
    interface Opener {
        /**
         * Connects.
         *
         * @throws StrangerException where what answers proves not to be the expected device
         * @throws IOException where nothing answers, or it refuses
         */
        CameraFeed open(CameraEntry camera) throws StrangerException, MediaException, IOException;
    }
}
