package org.camseal.media.mp4;

import org.camseal.media.MalformedException;
import org.jspecify.annotations.Nullable;

/** Stands on one sample of a track, and goes on in decode order. */
sealed interface SampleCursor permits TableCursor, RunCursor {
    /** The sample it stands on; null behind the last. */
    @Nullable
    Sample current();

    /** Goes to the next; called only where there is a current one. */
    void advance() throws MalformedException;
}
