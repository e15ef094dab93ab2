package org.camseal.camera;

import java.io.Closeable;
import java.util.List;
import org.camseal.media.AccessUnit;
import org.camseal.media.Track;
import org.jspecify.annotations.Nullable;

/** A source that is giving units, each when it is due. Belongs to one thread, which may be interrupted. */
public interface SourceSession extends Closeable {
    /** Its tracks. */
    List<Track> tracks();

    /**
     * Waits for the next unit.
     *
     * @return null when the source is over and is not meant to come again
     * @throws SourceException if it broke off, or was silent for too long
     */
    @Nullable
    AccessUnit next() throws SourceException, InterruptedException;

    /** Asks for a key picture soon, if the source can make one when it is asked; else nothing happens. From any thread; returns soon. */
    default void requestKey() {}

    @Override
    void close();
}
