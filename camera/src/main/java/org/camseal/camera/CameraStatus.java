package org.camseal.camera;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.camseal.manifest.StreamId;
import org.camseal.manifest.Suite;

/**
 * How a camera is doing, at one moment.
 *
 * @param source in words
 * @param address for readers
 * @param suite the cipher inside, once there is a stream
 * @param readers how many play the stream now
 * @param counts of units since the start
 * @param lastUnit capture time of the last unit that was sent
 * @param recent the latest events, oldest first, at most {@link #MAX_RECENT}
 */
public record CameraStatus(
        StreamId stream,
        State state,
        String source,
        URI address,
        Optional<Suite> suite,
        int readers,
        Counts counts,
        Optional<Instant> lastUnit,
        List<CameraEvent> recent) {
    /** Events kept for a status page. */
    public static final int MAX_RECENT = 50;

    /** What it is doing. */
    public enum State {
        /** The source has not given anything yet. */
        STARTING,
        /** Units are being sent. */
        LIVE,
        /** The source is lost and being tried again. */
        WAITING,
        /** The source is over. */
        ENDED,
        /** It cannot go on: the source is unusable, sealing is impossible, or this program is at fault. */
        FAILED,
        /** It was closed. */
        CLOSED
    }

    /**
     * Units since the start.
     *
     * @param sealed sent, sealed
     * @param sealedBytes of payload that were sent
     * @param dropped not sent, because they could not be sealed
     */
    public record Counts(long sealed, long sealedBytes, long dropped) {}

    public CameraStatus {
        recent = List.copyOf(recent);
    }
}
