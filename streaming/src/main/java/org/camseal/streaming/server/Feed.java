package org.camseal.streaming.server;

import java.io.IOException;
import org.camseal.media.MediaTime;
import org.camseal.streaming.rtp.ReplayExtension;
import org.jspecify.annotations.Nullable;

/** What one reader is sent, one unit after the other. Units are taken by one thread; the rest may be called from any. */
sealed interface Feed permits Subscription, ReplayFeed {
    /**
     * A unit, how many packets of its track were lost in front of it because the reader was too slow, and what a replay says of it.
     *
     * @param extension null for what is live
     */
    record Taken(
            PacketizedUnit unit, int lostPackets, @Nullable ReplayExtension extension) {}

    /**
     * Waits for the next unit; null at the end, and after {@link #cancel()}.
     *
     * @throws IOException where a recording cannot be read
     */
    @Nullable
    Taken take() throws IOException, InterruptedException;

    /** Waits until it is time for the unit that was taken; false where {@link #cancel()} came first, and the unit is not to be sent. */
    boolean await(long nanos) throws InterruptedException;

    /** How fast units may leave; a new one for each playback. */
    Pace pace();

    /** The time of the unit that the reader gets first, if it waits already. */
    @Nullable
    MediaTime firstTime();

    /** No further unit is taken: the reader paused or left. */
    void cancel();

    /** True where the reader paused or left, rather than the stream ended. */
    boolean isCancelled();

    /** Units that the reader was too slow for. */
    long lostUnits();
}
