package org.camseal.media;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Access units of a file, in the order in which they are stored. Confined to one thread. */
public interface UnitReader extends Closeable {
    /** The tracks, known before the first unit is read. */
    List<Track> tracks();

    /**
     * The next unit, or null at the end.
     *
     * @throws MediaException where the file breaks its format; units before that place have been returned
     */
    @Nullable
    AccessUnit next() throws MediaException, IOException;
}
