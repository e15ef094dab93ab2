package org.camseal.streaming.client;

import java.io.Closeable;
import java.util.List;
import org.camseal.media.AccessUnit;
import org.camseal.media.Track;
import org.camseal.streaming.StreamingException;
import org.jspecify.annotations.Nullable;

/**
 * A live stream that is being played: its tracks, then its access units as they arrive. {@link #next()} belongs to one thread;
 * {@link #close()} and {@link #reception()} may be called from any.
 *
 * <p>Times start near zero, the same zero for all tracks. NAL units are bit for bit those that were sent; a NAL unit that misses a
 * fragment is left out and counted in {@link #reception()}. Decode times are made from the order of arrival, because RTP carries
 * presentation times only; they never decrease.
 */
public interface RtspPlayback extends Closeable {
    /** What the server offered and this module knows; numbered from 1 in the order of the description. Never empty. */
    List<Track> tracks();

    /**
     * Waits for the next unit.
     *
     * @return null after {@link #close()}, or when the server has said that the stream is over
     * @throws StreamingException when the connection breaks, or no unit is complete within the media timeout; the playback is then closed
     */
    @Nullable
    AccessUnit next() throws StreamingException, InterruptedException;

    /**
     * Asks the server for a key picture (RTCP PLI, RFC 4585), as after a loss. It may take it for too many and send none; a server that does
     * not know the request passes over it. From any thread.
     *
     * @throws StreamingException where the connection is broken
     */
    void requestKeyFrame() throws StreamingException;

    /** How well each track arrives, in the order of {@link #tracks()}. */
    List<TrackReception> reception();

    /** Says goodbye to the server if it still listens, and frees all sockets and threads. Never blocks for long. */
    @Override
    void close();
}
