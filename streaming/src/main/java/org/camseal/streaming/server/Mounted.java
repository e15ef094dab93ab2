package org.camseal.streaming.server;

import java.util.List;
import org.camseal.media.Track;

/** What a path of a server leads to. */
sealed interface Mounted permits LiveStream, ReplayStream {
    /** The tracks as a description states them; empty where there is nothing to describe yet. */
    List<Track> tracks();
}
