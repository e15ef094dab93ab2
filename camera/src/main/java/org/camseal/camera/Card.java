package org.camseal.camera;

import java.util.List;
import org.camseal.manifest.SealedUnit;
import org.camseal.media.Track;
import org.camseal.streaming.server.RecordedStream;

/**
 * Where a camera keeps what it sends, and what is replayed from there. Takes sealed units and nothing else, so that clear video cannot come to rest
 * by mistake. {@link #begin} and {@link #take} belong to one thread and never wait: a card that is slow, full or gone costs the card its units, and
 * nobody else anything.
 */
public interface Card extends RecordedStream {
    /** A run begins: units of these tracks follow, at first a key picture. */
    void begin(List<Track> tracks);

    /** The next unit that was sent. */
    void take(SealedUnit unit);
}
